/* Registries: names, ids, references and what the last of them does. */
#include "base/registry.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void count(void *context)
{
    ++*(int *)context;
}

static mlpi_entry *entry_named(const char *name, int *released)
{
    mlpi_entry *entry = mlpi_zalloc(sizeof *entry);
    assert_non_null(entry);
    mlpi_entry_set(entry, name, released, count);
    return entry;
}

static void test_names_and_ids(void **state)
{
    mlpi_registry registry = MLPI_REGISTRY;
    int released = 0;
    mlpi_entry *twin = entry_named("first", &released);
    (void)state;
    const int32_t first = mlpi_registry_enter(&registry, entry_named("first", &released));
    const int32_t second = mlpi_registry_enter(&registry, entry_named("second", &released));
    assert_int_equal(first, MLPI_REGISTRY_FIRST);
    assert_int_equal(second, first + 1);
    assert_int_equal(mlpi_registry_enter(&registry, twin), 0); /* taken */
    assert_int_equal(mlpi_registry_find(&registry, "first"), first);
    assert_int_equal(mlpi_registry_find(&registry, "second"), second);
    assert_int_equal(mlpi_registry_find(&registry, "third"), 0);
    assert_int_equal(mlpi_registry_find(&registry, ""), 0);
    assert_string_equal(mlpi_registry_name_of(&registry, second), "second");
    assert_null(mlpi_registry_name_of(&registry, second + 1));
    assert_null(mlpi_registry_acquire(&registry, second + 1));
    assert_true(mlpi_registry_remove(&registry, first));
    assert_false(mlpi_registry_remove(&registry, first));
    assert_int_equal(mlpi_registry_find(&registry, "first"), 0);
    assert_int_equal(mlpi_registry_enter(&registry, twin),
                     second + 1); /* the name is free, the id is not given again */
    assert_true(mlpi_registry_remove(&registry, second));
    assert_true(mlpi_registry_remove(&registry, second + 1));
    assert_int_equal(released, 3);
}

/* Of objects without a name of their own there may be many, which no name finds. */
static void test_nameless(void **state)
{
    mlpi_registry registry = MLPI_REGISTRY;
    int released = 0;
    int32_t ids[3];
    (void)state;
    for (int i = 0; i < 3; i++) {
        mlpi_entry *entry = entry_named("", &released);
        entry->name = "huber";
        ids[i] = mlpi_registry_enter(&registry, entry);
        assert_int_equal(ids[i], MLPI_REGISTRY_FIRST + i);
    }
    assert_int_equal(mlpi_registry_find(&registry, ""), 0);
    assert_int_equal(mlpi_registry_find(&registry, "huber"), 0);
    assert_string_equal(mlpi_registry_name_of(&registry, ids[1]), "huber");
    for (int i = 0; i < 3; i++)
        assert_true(mlpi_registry_remove(&registry, ids[i]));
    assert_int_equal(released, 3);
}

static void test_references(void **state)
{
    mlpi_registry registry = MLPI_REGISTRY;
    int released = 0;
    (void)state;
    const int32_t id = mlpi_registry_enter(&registry, entry_named("shared", &released));
    mlpi_entry *entry = mlpi_registry_acquire(&registry, id);
    mlpi_entry_retain(entry);
    assert_int_equal(entry->id, id);
    assert_true(mlpi_registry_remove(&registry, id));
    assert_null(mlpi_registry_acquire(&registry, id)); /* gone from there, alive here */
    mlpi_entry_release(entry);
    assert_int_equal(released, 0);
    mlpi_entry_release(entry);
    assert_int_equal(released, 1);
}

static void test_last_id(void **state)
{
    mlpi_registry registry = MLPI_REGISTRY;
    int released = 0;
    mlpi_entry *left = entry_named("left", &released);
    (void)state;
    registry.next_id = INT32_MAX - 1;
    assert_int_equal(mlpi_registry_enter(&registry, entry_named("last", &released)), INT32_MAX - 1);
    assert_int_equal(mlpi_registry_enter(&registry, left), 0);
    assert_true(mlpi_registry_remove(&registry, INT32_MAX - 1));
    assert_int_equal(released, 1);
    mlpi_free(left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names_and_ids), cmocka_unit_test(test_nameless),
                                       cmocka_unit_test(test_references), cmocka_unit_test(test_last_id)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
