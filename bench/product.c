#include "product.h"

#include <stdio.h>
#include <string.h>

static const char *const names[PRODUCT_KINDS] = {"gemv", "ger", "gemm", "gemm_tn", "gemm_nt"};

static const int largest = 1 << 20;

const char *product_name(enum product_kind kind)
{
    return names[kind];
}

bool product_parse(const char *text, struct product *product)
{
    char name[16];
    int length = 0;

    *product = (struct product){.batch = 1};
    if (sscanf(text, "%15s f32 %dx%d%n", name, &product->n, &product->k, &length) != 3 || length == 0)
        return false;
    if (text[length] != '\0') {
        int more = 0;

        if (sscanf(text + length, " batch=%d%n", &product->batch, &more) != 1 || text[length + more] != '\0')
            return false;
    }
    for (int kind = 0; kind < PRODUCT_KINDS; kind++) {
        if (strcmp(names[kind], name) != 0)
            continue;
        product->kind = (enum product_kind)kind;
        return product->n >= 1 && product->k >= 1 && product->batch >= 1 && product->n <= largest &&
               product->k <= largest && product->batch <= largest;
    }
    return false;
}

const char *product_print(const struct product *product, char text[PRODUCT_TEXT_SIZE])
{
    snprintf(text, PRODUCT_TEXT_SIZE, "%s f32 %dx%d batch=%d", names[product->kind], product->n, product->k,
             product->batch);
    return text;
}

double product_flop(const struct product *product)
{
    return 2.0 * product->n * product->k * product->batch;
}
