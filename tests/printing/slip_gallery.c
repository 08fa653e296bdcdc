/* Writes sample slips as PDF and PNG, for people to look at and for the tests to read:
 * slip_gallery FOLDER [WIDTH_MM]. */
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "printing/slip.h"

struct sample {
    const char *name;
    struct slip slip;
};

static const struct sample samples[] = {
    {"fr",
     {.language = "fr",
      .site = "Préfecture — Accueil",
      .service_letter = "A",
      .service_name = "Certificat d’immatriculation",
      .label = "A042",
      .wait = "Attente : 15–25 min",
      .ahead = "12 personnes avant vous",
      .notice = "Les numéros ne sont pas toujours appelés dans l’ordre.",
      .taken = "lundi 23 novembre 2026, 10:42"}},
    {"en",
     {.language = "en",
      .site = "Préfecture — Reception",
      .service_letter = "B",
      .service_name = "Driving licence",
      .label = "B007",
      .wait = "Wait: less than 5 min",
      .ahead = "1 person before you",
      .notice = "Numbers are not always called in order.",
      .taken = "Monday 23 November 2026, 10:42"}},
    {"long",
     {.language = "fr",
      .site = "Direction départementale de l’emploi, du travail et des solidarités "
              "de la Haute-Garonne",
      .service_letter = "ABC",
      .service_name =
          "Demande d’autorisation provisoire de séjour et de travail pour les "
          "étudiants étrangers",
      .label = "ABC1234",
      .wait = "Attente estimée : entre 1 h 40 min et 2 h 15 min",
      .ahead = "148 personnes avant vous",
      .notice = "Les numéros ne sont pas toujours appelés dans l’ordre.",
      .taken = "mercredi 23 septembre 2026, 10:42"}},
    {"copy",
     {.language = "fr",
      .site = "Préfecture — Accueil",
      .service_letter = "C",
      .service_name = "Titre de séjour",
      .label = "C118",
      .wait = "Attente : 40–60 min",
      .ahead = "21 personnes avant vous",
      .notice = "Les numéros ne sont pas toujours appelés dans l’ordre.",
      .taken = "lundi 23 novembre 2026, 10:42",
      .note = "Préparez votre justificatif de domicile.",
      .copy = "COPIE"}},
    {"ar",
     {.language = "ar",
      .site = "المحافظة — الاستقبال",
      .service_letter = "A",
      .service_name = "بطاقة تسجيل المركبة",
      .label = "A042",
      .wait = "الانتظار: 15–25 دقيقة",
      .ahead = "12 شخصًا قبلك",
      .notice = "لا تُنادى الأرقام دائمًا بالترتيب.",
      .taken = "الاثنين 23 نوفمبر 2026، 10:42"}},
    {"bare", {.label = "A001"}},
};

static int save(const char *folder, const char *name, const char *suffix,
                const struct slip_page *page)
{
    char buffer[512];
    struct text path;
    text_init(&path, buffer, sizeof(buffer));
    text_add(&path, "%s/%s.%s", folder, name, suffix);
    FILE *file = fopen(buffer, "wbe");
    if (!file) {
        perror(buffer);
        return 1;
    }
    size_t written = fwrite(page->bytes, 1, page->length, file);
    if (fclose(file) != 0 || written != page->length) {
        perror(buffer);
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: slip_gallery FOLDER [WIDTH_MM]\n");
        return 2;
    }
    uint32_t width_mm = SLIP_WIDTH_MM_DEFAULT;
    if (argc > 2) {
        width_mm = (uint32_t)strtoul(argv[2], NULL, 10);
    }
    struct error err = {0};
    int failures = 0;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct slip_page pdf = {0};
        struct slip_page png = {0};
        if (slip_render_pdf(&samples[i].slip, width_mm, &pdf, &err) != OK ||
            slip_render_png(&samples[i].slip, width_mm, &png, &err) != OK) {
            (void)fprintf(stderr, "slip_gallery: %s: %s\n", samples[i].name, err.text);
            failures++;
        } else {
            failures += save(argv[1], samples[i].name, "pdf", &pdf);
            failures += save(argv[1], samples[i].name, "png", &png);
        }
        slip_page_finish(&pdf);
        slip_page_finish(&png);
    }
    return failures > 0;
}
