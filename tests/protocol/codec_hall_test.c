/* The state of a hall there and back, at its limits and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/codec_hall.h"
#include "samples.h"

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    assert_non_null(memory);
    return memory;
}

static void hall_comes_back_as_it_was_and_the_largest_fits(void **state)
{
    (void)state;
    void (*const fills[])(struct hall_document *) = {sample_hall, sample_hall_largest};
    char *buffer = zeroed(PAYLOAD_BYTES_MAX);
    for (size_t i = 0; i < 2; i++) {
        struct hall_document *hall = zeroed(sizeof(*hall));
        struct hall_document *copy = zeroed(sizeof(*copy));
        size_t length = 0;
        struct error err = {.status = OK};
        fills[i](hall);
        assert_int_equal(hall_encode(hall, buffer, PAYLOAD_BYTES_MAX, &length, &err), OK);
        assert_int_equal(hall_decode(buffer, length, copy, &err), OK);
        assert_memory_equal(hall, copy, sizeof(*hall));
        /* Cut anywhere near its end it is refused, and nothing is written. */
        memset(copy, 0, sizeof(*copy));
        assert_int_not_equal(hall_decode(buffer, length - 1, copy, &err), OK);
        assert_int_equal(copy->epoch, 0);
        free(hall);
        free(copy);
    }
    free(buffer);
}

static void few_services_name_eight_people_and_many_name_one(void **state)
{
    (void)state;
    assert_int_equal(hall_first_max(1), 8);
    assert_int_equal(hall_first_max(12), 8);
    assert_int_equal(hall_first_max(13), 7);
    assert_int_equal(hall_first_max(SERVICES_MAX), 1);
}

static void a_word_that_is_none_is_named_with_its_place(void **state)
{
    (void)state;
    struct hall_document *hall = zeroed(sizeof(*hall));
    char *buffer = zeroed(PAYLOAD_BYTES_MAX);
    size_t length = 0;
    struct error err = {.status = OK};
    sample_hall(hall);
    assert_int_equal(hall_encode(hall, buffer, PAYLOAD_BYTES_MAX, &length, &err), OK);
    char *word = strstr(buffer, "\"no-show\"");
    assert_non_null(word);
    word[strlen("\"no-sho")] = 'e';
    assert_int_not_equal(hall_decode(buffer, length, hall, &err), OK);
    assert_non_null(strstr(err.text, "outcome"));
    free(buffer);
    free(hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hall_comes_back_as_it_was_and_the_largest_fits),
        cmocka_unit_test(few_services_name_eight_people_and_many_name_one),
        cmocka_unit_test(a_word_that_is_none_is_named_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
