/* Printers that take no PDF: what reaches them are the dots of the slip, one by one. */
#include "printer_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cups/raster.h>

#include "printing/escpos.h"

static bool is_black(const struct slip_dots *dots, uint32_t x, uint32_t y)
{
    return dots->rows[y * slip_row_bytes(dots->width) + x / 8] & (0x80U >> (x % 8));
}

static void raster_printer_gets_each_dot(void **state)
{
    struct fixture *f = *state;
    struct seen_job *job = print(f, "A080");
    dispatch(f, 1, PATIENCE_MS);
    assert_string_equal(job->reason, "");
    assert_true(job->states[PRINT_JOB_PRINTED]);
    struct slip_page page = make_page("A080");
    char path[FIXTURE_PATH_BYTES];
    output_path(f, 1, "pwg", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    cups_raster_t *raster = cupsRasterOpen(fd, CUPS_RASTER_READ);
    assert_non_null(raster);
    cups_page_header2_t header;
    assert_int_equal(cupsRasterReadHeader2(raster, &header), 1);
    assert_int_equal(header.HWResolution[0], SLIP_DPI);
    assert_int_equal(header.cupsBitsPerPixel, 8);
    assert_int_equal(header.cupsColorSpace, CUPS_CSPACE_SW);
    assert_int_equal(header.PageSize[0], 226); /* 80 mm in whole points */
    assert_int_equal(header.cupsWidth, 639);
    assert_int_equal(header.cupsHeight, page.dots.height);
    unsigned char line[639];
    for (uint32_t y = 0; y < page.dots.height; y++) {
        assert_int_equal(cupsRasterReadPixels(raster, line, sizeof(line)), sizeof(line));
        for (uint32_t x = 0; x < sizeof(line); x++) {
            assert_int_equal(line[x], is_black(&page.dots, x, y) ? 0x00 : 0xFF);
        }
    }
    assert_int_equal(cupsRasterReadHeader2(raster, &header), 0); /* one page */
    cupsRasterClose(raster);
    assert_int_equal(close(fd), 0);
    slip_page_finish(&page);
    char text[4096];
    read_output(f, "cat", 1, "txt", text, sizeof(text));
    assert_non_null(strstr(text, "IPP_FINISHINGS=trim"));
}

/* Read the bands of ESC/POS in `bytes` and compare them with the middle of `dots`. */
static void check_escpos(const unsigned char *bytes, size_t length,
                         const struct slip_dots *dots, uint32_t head_dots)
{
    const uint32_t left = (dots->width - head_dots) / 2;
    assert_true(length > 6);
    assert_memory_equal(bytes, "\x1b@", 2);
    size_t at = 2;
    uint32_t y = 0;
    while (y < dots->height) {
        assert_true(at + 8 <= length);
        assert_memory_equal(bytes + at, "\x1dv0\0", 4);
        assert_int_equal(bytes[at + 4] + 256 * bytes[at + 5], head_dots / 8);
        uint32_t rows = bytes[at + 6] + 256U * bytes[at + 7];
        assert_true(rows > 0 && rows <= 256);
        at += 8;
        assert_true(at + rows * head_dots / 8 <= length);
        for (const uint32_t end = y + rows; y < end; y++) {
            for (uint32_t x = 0; x < head_dots; x++) {
                bool is_set = bytes[at + x / 8] & (0x80U >> (x % 8));
                assert_int_equal(is_set, is_black(dots, left + x, y));
            }
            at += head_dots / 8;
        }
    }
    assert_int_equal(y, dots->height);
    assert_int_equal(length - at, 4);
    assert_memory_equal(bytes + at, "\x1dVB\0", 4);
}

static void receipt_printer_gets_each_dot_and_the_cut(void **state)
{
    struct fixture *f = *state;
    struct seen_job *job = print(f, "A081");
    dispatch(f, 1, PATIENCE_MS);
    assert_string_equal(job->reason, "");
    assert_true(job->states[PRINT_JOB_PRINTED]);
    struct slip_page page = make_page("A081");
    char path[FIXTURE_PATH_BYTES];
    output_path(f, 1, "bin", path);
    FILE *file = fopen(path, "rbe");
    assert_non_null(file);
    static unsigned char bytes[262144];
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    assert_true(length < sizeof(bytes));
    assert_int_equal(fclose(file), 0);
    check_escpos(bytes, length, &page.dots, 576);
    slip_page_finish(&page);
}

/* Such a printer cannot be asked for its paper. */
static void receipt_printer_is_well_and_its_paper_unknown(void **state)
{
    struct fixture *f = *state;
    dispatch_until_health(f, PRINTER_OK);
    assert_int_equal(f->condition.paper, PAPER_UNKNOWN);
}

static void narrow_roll_has_a_narrow_head(void **state)
{
    (void)state;
    const struct slip slip = {.label = "A082"};
    struct slip_page page = {0};
    struct error err = {0};
    unsigned char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(slip_render_pdf(&slip, 58, &page, &err), OK);
    assert_int_equal(escpos_write(&page.dots, 58, &bytes, &length, &err), OK);
    check_escpos(bytes, length, &page.dots, 384);
    free(bytes);
    slip_page_finish(&page);
}

int main(void)
{
    const struct CMUnitTest receipt[] = {
        cmocka_unit_test_setup_teardown(receipt_printer_gets_each_dot_and_the_cut,
                                        fixture_set_up_receipt, fixture_tear_down),
        cmocka_unit_test_setup_teardown(receipt_printer_is_well_and_its_paper_unknown,
                                        fixture_set_up_receipt, fixture_tear_down),
        cmocka_unit_test(narrow_roll_has_a_narrow_head),
    };
    const struct CMUnitTest bare[] = {
        cmocka_unit_test_setup_teardown(raster_printer_gets_each_dot, fixture_set_up_bare,
                                        fixture_tear_down),
    };
    int failed = cmocka_run_group_tests(receipt, fixture_start_cups, fixture_stop_cups);
    return failed +
           cmocka_run_group_tests(bare, fixture_start_bare_cups, fixture_stop_cups);
}
