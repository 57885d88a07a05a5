/*
 * MLP_BLAS=bundled: working memory of the private OpenBLAS for several threads at once. A serial OpenBLAS built without
 * USE_LOCKING, as Debian's is, hands the same buffer to two threads that ask at the same time, and both get wrong
 * results. The linker's --wrap sends its requests here, where buffers are claimed without a lock; only a thread that
 * finds no idle one takes the lock to have OpenBLAS map another. Buffers are kept for the life of the process.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

void *__real_blas_memory_alloc(int position);
void *__wrap_blas_memory_alloc(int position);
void __real_blas_memory_free(void *buffer);
void __wrap_blas_memory_free(void *buffer);

enum { SLOTS = 48 }; /* of the 50 buffers at least that OpenBLAS manages */

static struct {
    _Alignas(64) atomic_int claimed;
    _Atomic(void *) buffer; /* NULL: not mapped yet */
} slots[SLOTS];

static pthread_mutex_t mapping = PTHREAD_MUTEX_INITIALIZER;

static void *map(int position)
{
    pthread_mutex_lock(&mapping);
    void *buffer = __real_blas_memory_alloc(position);
    pthread_mutex_unlock(&mapping);
    return buffer;
}

void *__wrap_blas_memory_alloc(int position)
{
    for (int i = 0; i < SLOTS; i++) {
        if (atomic_exchange_explicit(&slots[i].claimed, 1, memory_order_acquire))
            continue;
        void *buffer = atomic_load_explicit(&slots[i].buffer, memory_order_relaxed);
        if (!buffer) {
            buffer = map(position);
            atomic_store_explicit(&slots[i].buffer, buffer, memory_order_relaxed);
        }
        if (!buffer)
            atomic_store_explicit(&slots[i].claimed, 0, memory_order_release);
        return buffer;
    }
    return map(position);
}

void __wrap_blas_memory_free(void *buffer)
{
    for (int i = 0; i < SLOTS && buffer; i++)
        if (atomic_load_explicit(&slots[i].buffer, memory_order_relaxed) == buffer) {
            atomic_store_explicit(&slots[i].claimed, 0, memory_order_release);
            return;
        }
    pthread_mutex_lock(&mapping);
    __real_blas_memory_free(buffer);
    pthread_mutex_unlock(&mapping);
}
