#include "simd/cpu.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

static struct mlpi_cpu cpu = {.name = "generic", .features = "generic"};
static pthread_once_t once = PTHREAD_ONCE_INIT;

#if defined(__x86_64__)
#include <cpuid.h>

struct registers {
    unsigned eax, ebx, ecx, edx;
};

static struct registers leaf(unsigned number, unsigned part)
{
    struct registers r = {0, 0, 0, 0};
    if (!__get_cpuid_count(number, part, &r.eax, &r.ebx, &r.ecx, &r.edx))
        memset(&r, 0, sizeof r);
    return r;
}

static int bit(unsigned word, int position)
{
    return (int)(word >> position & 1);
}

/* The register states the operating system saves (XCR0): bits 1-2 are SSE and AVX, 5-7 AVX-512's. */
static unsigned saved_states(void)
{
    unsigned low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static void append(const char *feature)
{
    size_t used = strlen(cpu.features), length = strlen(feature);
    if (used + length + 2 > sizeof cpu.features)
        return;
    if (used)
        cpu.features[used++] = ' ';
    memcpy(cpu.features + used, feature, length + 1);
}

static void read_features(void)
{
    const struct registers basic = leaf(1, 0), extended = leaf(7, 0);
    const unsigned saved = bit(basic.ecx, 27) ? saved_states() : 0;
    const int avx = bit(basic.ecx, 28) && (saved & 0x06) == 0x06;
    const int wide = avx && (saved & 0xE0) == 0xE0;
    const struct {
        const char *name;
        int present;
        enum mlpi_vector_level level; /* the level that needs it */
    } features[] = {
        {"sse2", 1, MLPI_VECTOR_BASE},
        {"avx", avx, MLPI_VECTOR_AVX},
        {"avx2", avx && bit(extended.ebx, 5), MLPI_VECTOR_AVX2},
        {"fma", avx && bit(basic.ecx, 12), MLPI_VECTOR_AVX2},
        {"avx512f", wide && bit(extended.ebx, 16), MLPI_VECTOR_AVX512},
        {"avx512cd", wide && bit(extended.ebx, 28), MLPI_VECTOR_AVX512},
        {"avx512bw", wide && bit(extended.ebx, 30), MLPI_VECTOR_AVX512},
        {"avx512dq", wide && bit(extended.ebx, 17), MLPI_VECTOR_AVX512},
        {"avx512vl", wide && bit(extended.ebx, 31), MLPI_VECTOR_AVX512},
    };
    cpu.features[0] = '\0';
    cpu.level = MLPI_VECTOR_AVX512;
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (features[i].present)
            append(features[i].name);
        else if (features[i].level <= cpu.level)
            cpu.level = (enum mlpi_vector_level)(features[i].level - 1);
    }
}

/* The brand string is 48 bytes in three leaves, padded with blanks at either end. */
static void read_name(void)
{
    char brand[49] = {0};
    if (leaf(0x80000000u, 0).eax < 0x80000004u)
        return;
    for (unsigned i = 0; i < 3; i++) {
        const struct registers r = leaf(0x80000002u + i, 0);
        memcpy(brand + 16 * i, &r, 16);
    }
    char *start = brand + strspn(brand, " ");
    size_t length = strlen(start);
    while (length > 0 && start[length - 1] == ' ')
        start[--length] = '\0';
    if (length > 0)
        memcpy(cpu.name, start, length + 1);
}

static void detect(void)
{
    const struct registers vendor = leaf(0, 0);
    cpu.is_amd = memcmp(&vendor.ebx, "Auth", 4) == 0 || memcmp(&vendor.ebx, "Hygo", 4) == 0;
    read_features();
    read_name();
}

#else

static void detect(void) {}

#endif

const struct mlpi_cpu *mlpi_cpu(void)
{
    pthread_once(&once, detect);
    return &cpu;
}
