/* The slip as people and programs read it: sizes, fonts and texts of the real PDF, by
 * poppler, and the ink of the real PNG. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cairo.h>

#include "core/text.h"
#include "printing/slip.h"

#define OUTPUT_BYTES 8192
#define WHITE        0xffffff

static const struct slip french = {
    .language = "fr",
    .site = "Préfecture — Accueil",
    .service_letter = "A",
    .service_name = "Certificat d’immatriculation",
    .label = "A042",
    .wait = "Attente : 15–25 min",
    .ahead = "12 personnes avant vous",
    .notice = "Les numéros ne sont pas toujours appelés dans l’ordre.",
    .taken = "lundi 23 novembre 2026, 10:42"};

static const struct slip english = {.language = "en",
                                    .site = "Préfecture — Reception",
                                    .service_letter = "B",
                                    .service_name = "Driving licence",
                                    .label = "B007",
                                    .wait = "Wait: less than 5 min",
                                    .ahead = "1 person before you",
                                    .notice = "Numbers are not always called in order.",
                                    .taken = "Monday 23 November 2026, 10:42"};

static const struct slip long_names = {
    .language = "fr",
    .site = "Direction départementale de l’emploi, du travail et des solidarités de la "
            "Haute-Garonne",
    .service_letter = "ABC",
    .service_name = "Demande d’autorisation provisoire de séjour et de travail pour les "
                    "étudiants étrangers",
    .label = "ABC1234"};

/* What `command` prints when the page is in its file `%s`. */
static void ask(const struct slip_page *page, const char *command, const char *after,
                char output[OUTPUT_BYTES])
{
    char path[] = "/tmp/guichet-slip-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, page->bytes, page->length), (ssize_t)page->length);
    assert_int_equal(close(fd), 0);
    char line[128];
    struct text text;
    text_init(&text, line, sizeof(line));
    text_add(&text, "%s %s %s", command, path, after);
    FILE *pipe = popen(line, "r"); /* NOLINT(cert-env33-c): our own words */
    assert_non_null(pipe);
    size_t length = fread(output, 1, OUTPUT_BYTES - 1, pipe);
    output[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(unlink(path), 0);
}

static struct slip_page render_pdf(const struct slip *slip, uint32_t width_mm)
{
    struct slip_page page = {0};
    struct error err = {0};
    assert_int_equal(slip_render_pdf(slip, width_mm, &page, &err), OK);
    return page;
}

static void number_stands_alone_on_its_line(void **state)
{
    (void)state;
    const struct slip *const slips[] = {&french, &english, &long_names};
    static const char *const lines[] = {"\nA042\n", "\nB007\n", "\nABC1234\n"};
    for (size_t i = 0; i < 3; i++) {
        char output[OUTPUT_BYTES];
        struct slip_page page = render_pdf(slips[i], SLIP_WIDTH_MM_DEFAULT);
        ask(&page, "pdftotext", "-", output);
        assert_non_null(strstr(output, lines[i]));
        slip_page_finish(&page);
    }
}

/* `words` without line breaks, as a reader reads over them. */
static void join_lines(char *words)
{
    for (char *c = words; *c; c++) {
        if (*c == '\n') {
            *c = ' ';
        }
    }
}

static void every_text_can_be_read_back(void **state)
{
    (void)state;
    char output[OUTPUT_BYTES];
    struct slip copy = french;
    copy.copy = "COPIE";
    copy.note = "Préparez votre justificatif de domicile.";
    struct slip_page page = render_pdf(&copy, SLIP_WIDTH_MM_DEFAULT);
    ask(&page, "pdftotext -raw", "-", output);
    join_lines(output);
    assert_non_null(strstr(output, french.site));
    assert_non_null(strstr(output, french.service_name));
    assert_non_null(strstr(output, french.wait));
    assert_non_null(strstr(output, french.ahead));
    assert_non_null(strstr(output, french.notice));
    assert_non_null(strstr(output, french.taken));
    assert_non_null(strstr(output, "COPIE"));
    assert_non_null(strstr(output, copy.note));
    slip_page_finish(&page);
}

static void page_is_as_wide_as_the_paper_and_as_high_as_its_content(void **state)
{
    (void)state;
    const uint32_t widths[] = {58, 80, 112};
    for (size_t i = 0; i < 3; i++) {
        char output[OUTPUT_BYTES];
        struct slip_page page = render_pdf(&french, widths[i]);
        ask(&page, "pdfinfo", "", output);
        double width_pt = 0;
        double height_pt = 0;
        const char *size = strstr(output, "Page size:");
        assert_non_null(size);
        assert_int_equal(sscanf(size, "Page size: %lf x %lf", &width_pt, &height_pt), 2);
        assert_true(fabs(width_pt / 72 * 25.4 - widths[i]) < 0.1);
        assert_true(fabs(height_pt / 72 * 25.4 - page.height_mm) < 0.1);
        assert_non_null(strstr(output, "Pages:           1\n"));
        slip_page_finish(&page);
    }
    struct slip_page shorter = render_pdf(&english, 80);
    struct slip_page longer = render_pdf(&long_names, 80);
    const struct slip bare = {.label = "A001"};
    struct slip_page barest = render_pdf(&bare, 80);
    assert_true(barest.height_mm < shorter.height_mm);
    assert_true(longer.height_mm > barest.height_mm);
    slip_page_finish(&shorter);
    slip_page_finish(&longer);
    slip_page_finish(&barest);
}

static void fonts_are_noto_sans_and_in_the_file(void **state)
{
    (void)state;
    char output[OUTPUT_BYTES];
    struct slip_page page = render_pdf(&french, 80);
    ask(&page, "pdffonts", "", output);
    char *line = strchr(output, '\n');
    assert_non_null(line);
    line = strchr(line + 1, '\n') + 1; /* below the two lines of the head */
    size_t count = 0;
    while (*line) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        assert_non_null(strstr(line, "+NotoSans-"));
        assert_non_null(strstr(line, " yes yes ")); /* embedded, a subset */
        count++;
        line = end + 1;
    }
    assert_true(count >= 2); /* regular and bold */
    slip_page_finish(&page);
}

static void same_slip_gives_the_same_bytes(void **state)
{
    (void)state;
    struct slip_page first = render_pdf(&french, 80);
    char output[OUTPUT_BYTES];
    ask(&first, "pdfinfo", "", output);
    assert_null(strstr(output, "CreationDate"));
    struct slip_page second = render_pdf(&french, 80);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    slip_page_finish(&first);
    slip_page_finish(&second);
}

struct source {
    const struct slip_page *page;
    size_t offset;
};

static cairo_status_t read_page(void *data, unsigned char *bytes, unsigned int length)
{
    struct source *source = data;
    if (source->page->length - source->offset < length) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(bytes, source->page->bytes + source->offset, length);
    source->offset += length;
    return CAIRO_STATUS_SUCCESS;
}

struct ink {
    double left_mm; /* of the paper's edges to the nearest ink */
    double right_mm;
    double tallest_mm; /* the longest run of rows with ink */
};

static struct ink measure_ink(const struct slip *slip, uint32_t width_mm)
{
    struct slip_page page = {0};
    struct error err = {0};
    assert_int_equal(slip_render_png(slip, width_mm, &page, &err), OK);
    struct source source = {.page = &page};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_page, &source);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    const double mm = 25.4 / SLIP_DPI;
    assert_true(fabs(width * mm - width_mm) < 0.1);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int first = width;
    int last = 0;
    int run = 0;
    int longest = 0;
    for (int y = 0; y < height; y++) {
        bool has_ink = false;
        for (int x = 0; x < width; x++) {
            uint32_t pixel = 0;
            memcpy(&pixel,
                   pixels + (ptrdiff_t)y * cairo_image_surface_get_stride(surface) +
                       (ptrdiff_t)4 * x,
                   4);
            if ((pixel & WHITE) != WHITE) {
                has_ink = true;
                first = x < first ? x : first;
                last = x > last ? x : last;
            }
        }
        run = has_ink ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    cairo_surface_destroy(surface);
    slip_page_finish(&page);
    return (struct ink){first * mm, (width - 1 - last) * mm, longest * mm};
}

static void dots_are_the_dark_half_of_the_picture(void **state)
{
    (void)state;
    struct error err = {0};
    struct slip_page png = {0};
    struct slip_page pdf = render_pdf(&french, 80);
    assert_int_equal(slip_render_png(&french, 80, &png, &err), OK);
    assert_null(png.dots.rows);
    struct source source = {.page = &png};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_page, &source);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    assert_int_equal(pdf.dots.width, cairo_image_surface_get_width(surface));
    assert_int_equal(pdf.dots.height, cairo_image_surface_get_height(surface));
    size_t black_count = 0;
    for (uint32_t y = 0; y < pdf.dots.height; y++) {
        for (uint32_t x = 0; x < pdf.dots.width; x++) {
            const unsigned char *row = pdf.dots.rows + y * slip_row_bytes(pdf.dots.width);
            bool is_black = row[x / 8] & (0x80U >> (x % 8));
            size_t at =
                y * (size_t)cairo_image_surface_get_stride(surface) + (size_t)4 * x;
            assert_int_equal(is_black, pixels[at] < 0x80);
            black_count += is_black;
        }
    }
    assert_true(black_count > 10000); /* the number alone has more */
    cairo_surface_destroy(surface);
    slip_page_finish(&png);
    slip_page_finish(&pdf);
}

static void ink_keeps_to_the_printable_width(void **state)
{
    (void)state;
    const struct slip *const slips[] = {&french, &english, &long_names};
    for (size_t i = 0; i < 3; i++) {
        struct ink ink = measure_ink(slips[i], 80);
        assert_true(ink.left_mm >= 3.8 && ink.right_mm >= 3.8);
        ink = measure_ink(slips[i], 58);
        assert_true(ink.left_mm >= 4.8 && ink.right_mm >= 4.8);
    }
}

static void number_is_at_least_ten_millimetres_high(void **state)
{
    (void)state;
    /* Nothing but the number, so the tallest ink is its own. */
    static const char *const labels[] = {"A001", "AB042", "ABC1234", "WWW9999"};
    for (size_t i = 0; i < 4; i++) {
        const struct slip bare = {.label = labels[i]};
        assert_true(measure_ink(&bare, 58).tallest_mm >= 10.0);
        struct ink ink = measure_ink(&bare, 80);
        assert_true(ink.tallest_mm >= 10.0 && ink.tallest_mm < 18.0);
    }
}

static void slip_that_cannot_be_is_refused(void **state)
{
    (void)state;
    struct slip_page page = {0};
    struct error err = {0};
    assert_int_equal(slip_render_pdf(&french, 57, &page, &err), ERR_INVALID);
    assert_string_equal(err.text,
                        "a slip of 57 mm cannot be printed: the width is 58 to 112 mm");
    assert_int_equal(slip_render_png(&french, 113, &page, &err), ERR_INVALID);
    const struct slip nameless = {.site = "Préfecture"};
    assert_int_equal(slip_render_pdf(&nameless, 80, &page, &err), ERR_INVALID);
    assert_string_equal(err.text, "a slip has no ticket number");
    struct slip broken = french;
    broken.service_name = "Pr\xe9"
                          "fecture";
    assert_int_equal(slip_render_pdf(&broken, 80, &page, &err), ERR_INVALID);
    assert_string_equal(
        err.text, "the service name of a slip is not UTF-8 text of at most 400 bytes");
    assert_null(page.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_stands_alone_on_its_line),
        cmocka_unit_test(every_text_can_be_read_back),
        cmocka_unit_test(page_is_as_wide_as_the_paper_and_as_high_as_its_content),
        cmocka_unit_test(fonts_are_noto_sans_and_in_the_file),
        cmocka_unit_test(same_slip_gives_the_same_bytes),
        cmocka_unit_test(dots_are_the_dark_half_of_the_picture),
        cmocka_unit_test(ink_keeps_to_the_printable_width),
        cmocka_unit_test(number_is_at_least_ten_millimetres_high),
        cmocka_unit_test(slip_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
