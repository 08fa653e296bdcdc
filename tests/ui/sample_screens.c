/* Sample screens; see sample_screens.h. */
#include "sample_screens.h"

#include <stdio.h>

#include "ui/widget.h"

#define SERVICE_COUNT 5

static const struct {
    const char *letter;
    uint32_t colour;
    const char *name;
    const char *detail;
    const char *wait;
    const char *persons;
    bool is_closed;
} services[SERVICE_COUNT] = {
    {"A", 0x1f6fd0, "Certificat d’immatriculation", "Carte grise, changement d’adresse",
     "15–25 min", "12 personnes", false},
    {"B", 0xb8630a, "Permis de conduire", "Demande, renouvellement, perte", "5–10 min",
     "4 personnes", false},
    {"C", 0x7d4bc0, "Titre de séjour", "Dépôt, retrait, renouvellement", "40–60 min",
     "21 personnes", false},
    {"D", 0x0e7d5c, "Renseignements", "Je ne sais pas quel service choisir", "< 5 min",
     "personne", false},
    {"E", 0x1f6fd0, "Passeport, carte d’identité", "Ouvre à 13 h 00", "Fermé", "", true},
};

static struct badge badge_of(int service)
{
    return (struct badge){services[service].letter, colour_rgb(services[service].colour),
                          services[service].is_closed};
}

/* ---- board ---- */

static void draw_call(struct screen *screen, struct rect at, int service,
                      const char *ticket, const char *counter, bool is_newest)
{
    int radius_px = screen_px(screen, 10);
    struct colour ground =
        screen_colour(screen, is_newest ? ROLE_HIGHLIGHT : ROLE_SURFACE);
    struct colour ink =
        screen_colour(screen, is_newest ? ROLE_HIGHLIGHT_TEXT : ROLE_TEXT);
    struct rect inside = at;
    struct draw_rect bar = {.at = rect_cut_left(&inside, screen_px(screen, 14)),
                            .radius_px = radius_px,
                            .corners = CORNERS_LEFT,
                            .fill = colour_rgb(services[service].colour)};
    struct draw_rect body = {.at = at, .radius_px = radius_px, .fill = ground};
    draw_rect(screen->list, &body);
    draw_rect(screen->list, &bar);
    inside = rect_inset_xy(inside, screen_px(screen, 34), 0);
    struct text_look look = {.size_px = at.height * 3 / 4,
                             .weight = TEXT_BOLD,
                             .colour = ink,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    screen_text(screen, rect_cut_left(&inside, inside.width / 2), ticket, &look);
    look.size_px = at.height / 2;
    struct draw_icon arrow = {ICON_ARROW, rect_cut_left(&inside, at.height / 3), ink,
                              ink};
    draw_icon(screen->list, &arrow);
    rect_cut_left(&inside, at.height / 4);
    screen_text(screen, inside, counter, &look);
}

static void draw_calls(struct screen *screen, struct rect at, int call_count)
{
    static const char *const tickets[] = {"C018", "A041", "B107", "A042"};
    static const char *const counters[] = {"Salle 2", "Guichet 1", "Guichet 5",
                                           "Guichet 3"};
    static const int of[] = {2, 0, 1, 0};
    int unit_px = at.height / 43;
    for (int i = call_count - 1; i >= 0; i--) {
        bool is_newest = i == call_count - 1;
        struct rect place = rect_cut_top(&at, unit_px * (is_newest ? 12 : 9));
        draw_call(screen, place, of[i], tickets[i], counters[i], is_newest);
        rect_cut_top(&at, unit_px);
    }
}

static void draw_waits(struct screen *screen, struct rect at)
{
    static const char *const minutes[] = {"15–25", "5–10", "40–60", "< 5"};
    struct grid grid = {1, SERVICE_COUNT - 1, screen_px(screen, 12)};
    for (int i = 0; i < SERVICE_COUNT - 1; i++) {
        struct rect cell = rect_grid_cell(at, grid, i);
        screen_fill(screen, cell, screen_px(screen, 10),
                    screen_colour(screen, ROLE_SURFACE));
        struct badge badge = badge_of(i);
        struct row row = {.badge = &badge,
                          .name = services[i].name,
                          .detail = services[i].persons,
                          .value = minutes[i],
                          .unit = "min",
                          .name_px = screen_px(screen, 29),
                          .value_px = screen_px(screen, 43),
                          .is_strong = true};
        widget_row(screen, rect_inset_xy(cell, screen_px(screen, 18), 0), &row);
    }
}

static void draw_lights(struct screen *screen, struct rect at)
{
    static const struct light_sign signs[] = {
        {LIGHT_SHAPE_BUSY, "1", "A041", false},
        {LIGHT_SHAPE_FREE, "2", "Libre", false},
        {LIGHT_SHAPE_BUSY, "3", "A042", false},
        {LIGHT_SHAPE_OFF, "4", "Fermé", false},
        {LIGHT_SHAPE_BUSY, "5", "B107", false},
        {LIGHT_SHAPE_FREE, "6", "Libre", false},
        {LIGHT_SHAPE_PAUSED, "7", "Pause", false},
        {LIGHT_SHAPE_BUSY, "S2", "C018", false},
    };
    struct grid grid = {8, 1, screen_px(screen, 12)};
    for (int i = 0; i < 8; i++) {
        struct rect cell = rect_grid_cell(at, grid, i);
        bool is_dark =
            signs[i].light == LIGHT_SHAPE_OFF || signs[i].light == LIGHT_SHAPE_PAUSED;
        screen_fill(screen, cell, screen_px(screen, 10),
                    screen_colour(screen, is_dark ? ROLE_SURFACE_QUIET : ROLE_SURFACE));
        struct rect inside =
            rect_centre(cell, cell.width - screen_px(screen, 40), screen_px(screen, 90));
        widget_light(screen, inside, &signs[i]);
    }
}

void sample_board(struct screen *screen, int call_count)
{
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    struct header header = {"Préfecture — Hall d’accueil", "", "10:42"};
    widget_header(screen, rect_cut_top(&rest, screen_px(screen, 102)), &header);
    struct notice notice = {
        NOTICE_INFO, "Info",
        "Permis de conduire : munissez-vous d’une photo-signature numérique agréée."};
    widget_notice(screen, rect_cut_bottom(&rest, screen_px(screen, 72)), &notice);
    rest = rect_inset_xy(rest, screen_px(screen, 45), screen_px(screen, 20));
    draw_lights(screen, rect_cut_bottom(&rest, screen_px(screen, 157)));
    rect_cut_bottom(&rest, screen_px(screen, 18));
    struct rect waits = rect_cut_right(&rest, rest.width * 3 / 10);
    rect_cut_right(&rest, screen_px(screen, 30));
    struct text_look head = {.size_px = screen_px(screen, 30),
                             .colour = screen_colour(screen, ROLE_TEXT_MUTED),
                             .down = ALIGN_MIDDLE};
    screen_text(screen, rect_cut_top(&waits, screen_px(screen, 62)), "Attente estimée",
                &head);
    struct rect heads = rect_cut_top(&rest, screen_px(screen, 62));
    rect_cut_left(&heads, screen_px(screen, 48));
    screen_text(screen, rect_cut_left(&heads, heads.width / 2), "Ticket", &head);
    screen_text(screen, heads, "Guichet", &head);
    draw_calls(screen, rest, call_count);
    draw_waits(screen, waits);
    screen_end(screen);
}

/* ---- kiosk ---- */

enum {
    ID_LANGUAGE = 1,
    ID_SERVICE = 20,
    ID_BUTTON = 40,
    ID_DIALOGUE = 80,
};

static void draw_languages(struct screen *screen, struct rect at)
{
    static const char *const languages[] = {"Français", "English", "Español", "العربية"};
    struct grid grid = {4, 1, screen_px(screen, 16)};
    for (int i = 0; i < 4; i++) {
        struct button button = {
            .id = ID_LANGUAGE + i,
            .label = languages[i],
            .detail = "",
            .kind = i == 0 ? BUTTON_PRIMARY : BUTTON_PLAIN,
        };
        widget_button(screen, rect_grid_cell(at, grid, i), &button);
    }
}

static void draw_another_ticket(struct screen *screen)
{
    struct button buttons[] = {
        {.id = ID_DIALOGUE, .label = "Oui, un autre ticket", .kind = BUTTON_PRIMARY},
        {.id = ID_DIALOGUE + 1, .label = "Non, terminer"},
    };
    struct dialogue dialogue = {
        .title = "Voulez-vous un autre ticket ?",
        .text = "Vous venez de prendre le ticket A042. Prenez un autre ticket seulement "
                "pour une autre personne ou pour un autre service.",
        .icon = ICON_TICKET,
        .buttons = buttons,
        .button_count = 2};
    widget_dialogue(screen, &dialogue);
}

void sample_kiosk(struct screen *screen, bool has_dialogue)
{
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    struct header header = {"Préfecture — Accueil", "", "10:42"};
    widget_header(screen, rect_cut_top(&rest, screen_px(screen, 130)), &header);
    rest = rect_inset_xy(rest, screen_px(screen, 45), screen_px(screen, 30));
    draw_languages(screen, rect_cut_top(&rest, screen_px(screen, 80)));
    rect_cut_top(&rest, screen_px(screen, 30));
    struct text_look title = {.size_px = screen_px(screen, 54),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT),
                              .down = ALIGN_MIDDLE};
    screen_text(screen, rect_cut_top(&rest, screen_px(screen, 90)),
                "Touchez le motif de votre visite", &title);
    rect_cut_top(&rest, screen_px(screen, 20));
    struct rect buttons = rect_cut_bottom(&rest, screen_px(screen, 140));
    rect_cut_bottom(&rest, screen_px(screen, 30));
    bool is_tall = screen->height_px > screen->width_px;
    struct grid grid = {is_tall ? 1 : 2, is_tall ? 5 : 3, screen_px(screen, 24)};
    for (int i = 0; i < SERVICE_COUNT; i++) {
        struct service_card card = {.id = ID_SERVICE + i,
                                    .badge = badge_of(i),
                                    .name = services[i].name,
                                    .detail = services[i].detail,
                                    .wait = services[i].wait,
                                    .persons = services[i].persons,
                                    .is_disabled = services[i].is_closed};
        widget_service_card(screen, rect_grid_cell(rest, grid, i), &card);
    }
    struct grid pair = {2, 1, screen_px(screen, 24)};
    struct button appointment = {.id = ID_BUTTON,
                                 .label = "J’ai un rendez-vous",
                                 .detail = "",
                                 .kind = BUTTON_PRIMARY,

                                 .label_px = screen_px(screen, 36)};
    widget_button(screen, rect_grid_cell(buttons, pair, 0), &appointment);
    struct button priority = {.id = ID_BUTTON + 1,
                              .label = "Priorité",
                              .detail = "mobilité réduite, grossesse…",

                              .label_px = screen_px(screen, 36),
                              .detail_px = screen_px(screen, 27)};
    widget_button(screen, rect_grid_cell(buttons, pair, 1), &priority);
    if (has_dialogue) {
        draw_another_ticket(screen);
    }
    screen_end(screen);
}

/* ---- counter ---- */

static void draw_served(struct screen *screen, struct rect at)
{
    struct rect inside = widget_card(screen, at, false);
    struct text_look number = {.size_px = screen_px(screen, 132),
                               .weight = TEXT_BOLD,
                               .colour = screen_colour(screen, ROLE_TEXT),
                               .down = ALIGN_MIDDLE,
                               .lines_max = 1};
    screen_text(screen, rect_cut_left(&inside, inside.width / 3), "A042", &number);
    rect_cut_left(&inside, screen_px(screen, 30));
    struct rect clock = rect_cut_right(&inside, inside.width / 3);
    struct text_look time = {.size_px = screen_px(screen, 70),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .across = ALIGN_END,
                             .down = ALIGN_END};
    screen_text(screen, rect_cut_top(&clock, clock.height * 3 / 5), "04:12", &time);
    struct text_look word = {.size_px = screen_px(screen, 28),
                             .colour = screen_colour(screen, ROLE_TEXT_MUTED),
                             .across = ALIGN_END};
    screen_text(screen, clock, "en service", &word);
    struct text_look details = {.size_px = screen_px(screen, 30),
                                .colour = screen_colour(screen, ROLE_TEXT),
                                .down = ALIGN_MIDDLE};
    screen_text(screen, inside,
                "Certificat d’immatriculation\nFrançais · priorité : aucune\n"
                "A attendu 13 min (standard 15 min)",
                &details);
}

static void draw_actions(struct screen *screen, struct rect at)
{
    static const char *const labels[] = {"Rappeler",     "Absent", "Terminer",
                                         "Transférer…",  "Garder", "Choisir…",
                                         "Sans ticket…", "Pause…"};
    static const char *const hints[] = {"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"};
    struct grid grid = {4, 2, screen_px(screen, 18)};
    for (int i = 0; i < 8; i++) {
        struct button button = {.id = ID_BUTTON + i,
                                .label = labels[i],
                                .detail = hints[i],

                                .shortcut = (enum key)(KEY_F2 + i),
                                .label_px = screen_px(screen, 31),
                                .detail_px = screen_px(screen, 25),
                                .is_disabled = i == 4};
        widget_button(screen, rect_grid_cell(at, grid, i), &button);
    }
}

static void draw_waiting(struct screen *screen, struct rect at)
{
    screen_fill(screen, at, 0, screen_colour(screen, ROLE_SURFACE));
    at = rect_inset(at, screen_px(screen, 30));
    struct text_look head = {.size_px = screen_px(screen, 30),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT)};
    screen_text(screen, rect_cut_top(&at, screen_px(screen, 50)), "En attente", &head);
    for (int i = 0; i < 3; i++) {
        struct badge badge = badge_of(i);
        struct row row = {.badge = &badge,
                          .name = services[i].name,
                          .detail = services[i].persons,
                          .value = i == 0 ? "18 min" : "7 min",
                          .is_late = i == 0,
                          .has_line_below = true};
        widget_row(screen, rect_cut_top(&at, screen_px(screen, 110)), &row);
    }
    rect_cut_top(&at, screen_px(screen, 30));
    struct text_look text = {.size_px = screen_px(screen, 28),
                             .colour = screen_colour(screen, ROLE_TEXT)};
    rect_cut_top(&at,
                 screen_text(screen, at, "Servis en moins de 15 min aujourd’hui", &text));
    struct rect line = rect_cut_top(&at, screen_px(screen, 70));
    struct text_look share = {.size_px = screen_px(screen, 50),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT)};
    int baseline_px = text_baseline_px(line, share.size_px);
    int width_px = screen_line(screen, line.x, baseline_px, "84 %", &share);
    text.colour = screen_colour(screen, ROLE_TEXT_MUTED);
    screen_line(screen, line.x + width_px + screen_px(screen, 14), baseline_px,
                "objectif 80 %", &text);
    widget_progress(screen, rect_cut_top(&at, screen_px(screen, 20)), 84, 100);
}

static void draw_question(struct screen *screen)
{
    struct button buttons[] = {
        {.id = ID_DIALOGUE,
         .label = "Servi",
         .detail = "Entrée",
         .kind = BUTTON_ACTION,
         .icon = ICON_CHECK,
         .shortcut = KEY_ENTER},
        {
            .id = ID_DIALOGUE + 1,
            .label = "Dossier incomplet",
            .detail = "2",
        },
        {.id = ID_DIALOGUE + 2,
         .label = "Annuler",
         .detail = "Échap",
         .kind = BUTTON_QUIET,

         .shortcut = KEY_ESCAPE},
    };
    struct dialogue dialogue = {
        .title = "Comment A042 se termine-t-il ?",
        .text =
            "Le ticket suivant, A043, attend depuis 12 min. Il sera appelé dès que vous "
            "aurez choisi.",
        .icon = ICON_TICKET,
        .buttons = buttons,
        .button_count = 3};
    widget_dialogue(screen, &dialogue);
}

void sample_counter(struct screen *screen, bool has_dialogue)
{
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    struct rect top = rect_cut_top(&rest, screen_px(screen, 95));
    struct header header = {"Guichet 3", "Immatriculation, Permis", ""};
    widget_header(screen, top, &header);
    struct rect light = rect_inset_xy(rect_cut_right(&top, screen_px(screen, 220)),
                                      screen_px(screen, 20), screen_px(screen, 25));
    struct light_sign sign = {LIGHT_SHAPE_BUSY, "", "Occupé", true};
    widget_light(screen, light, &sign);
    struct rect side = rect_cut_right(&rest, rest.width * 5 / 16);
    draw_waiting(screen, side);
    rest = rect_inset(rest, screen_px(screen, 35));
    draw_served(screen, rect_cut_top(&rest, screen_px(screen, 245)));
    rect_cut_top(&rest, screen_px(screen, 25));
    struct button next = {.id = ID_BUTTON + 20,
                          .label = "Appeler le suivant",
                          .detail = "Espace ou bouton — A043, attend depuis 12 min",
                          .kind = BUTTON_ACTION,

                          .shortcut = KEY_SPACE,
                          .label_px = screen_px(screen, 68),
                          .detail_px = screen_px(screen, 30)};
    widget_button(screen, rect_cut_top(&rest, screen_px(screen, 212)), &next);
    rect_cut_top(&rest, screen_px(screen, 25));
    draw_actions(screen, rect_cut_top(&rest, screen_px(screen, 275)));
    if (has_dialogue) {
        draw_question(screen);
    }
    screen_end(screen);
}

/* ---- one of everything ---- */

static void draw_buttons(struct screen *screen, struct rect at)
{
    static const char *const labels[] = {
        "Simple",  "Principal", "Action",
        "Discret", "Inactif",   "Un libellé d’une longueur peu commune"};
    struct grid grid = {3, 2, screen_px(screen, 30)};
    for (int i = 0; i < 6; i++) {
        struct button button = {.id = ID_BUTTON + i,
                                .label = labels[i],
                                .detail = i % 2 == 0 ? "détail" : "",
                                .kind = i < 4 ? (enum button_kind)i : BUTTON_PLAIN,
                                .icon = i == 1 ? ICON_PRINTER : ICON_NONE,
                                .is_disabled = i == 4};
        widget_button(screen, rect_grid_cell(at, grid, i), &button);
    }
}

static void draw_icons(struct screen *screen, struct rect at)
{
    struct grid grid = {ICON_COUNT / 2, 2, screen_px(screen, 20)};
    for (int i = 1; i < ICON_COUNT; i++) {
        struct draw_icon icon = {(enum icon)i, rect_grid_cell(at, grid, i - 1),
                                 screen_colour(screen, ROLE_TEXT),
                                 screen_colour(screen, ROLE_BACKGROUND)};
        draw_icon(screen->list, &icon);
    }
}

static void draw_all_lights(struct screen *screen, struct rect at)
{
    static const char *const words[LIGHT_SHAPE_COUNT] = {"Fermé", "Libre", "A042",
                                                         "Pause, retour à 14 h 30"};
    struct grid grid = {LIGHT_SHAPE_COUNT, 1, screen_px(screen, 30)};
    for (int i = 0; i < LIGHT_SHAPE_COUNT; i++) {
        struct light_sign sign = {(enum light_shape)i, "12", words[i], false};
        widget_light(screen, rect_grid_cell(at, grid, i), &sign);
    }
}

void sample_widgets(struct screen *screen)
{
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    struct header header = {"Préfecture de la Seine-Saint-Denis",
                            "Bobigny, hall principal", "10:42"};
    widget_header(screen, rect_cut_top(&rest, screen_px(screen, 110)), &header);
    struct notice stale = {
        NOTICE_WARNING, "Affichage non à jour",
        "Pas de nouvelles du serveur depuis 10:41. Écoutez les appels."};
    widget_notice(screen, rect_cut_top(&rest, screen_px(screen, 75)), &stale);
    rest = rect_inset(rest, screen_px(screen, 40));
    draw_buttons(screen, rect_cut_top(&rest, screen_px(screen, 260)));
    rect_cut_top(&rest, screen_px(screen, 40));
    draw_icons(screen, rect_cut_top(&rest, screen_px(screen, 170)));
    rect_cut_top(&rest, screen_px(screen, 40));
    draw_all_lights(screen, rect_cut_top(&rest, screen_px(screen, 100)));
    rect_cut_top(&rest, screen_px(screen, 30));
    struct text_look arabic = {.size_px = screen_px(screen, 44),
                               .colour = screen_colour(screen, ROLE_TEXT)};
    rect_cut_top(&rest, screen_text(screen, rest, "التذكرة A042 إلى الشباك 3 — 15 دقيقة",
                                    &arabic));
    rect_cut_top(&rest, screen_px(screen, 20));
    widget_progress(screen, rect_cut_top(&rest, screen_px(screen, 20)), 1, 40);
    screen_end(screen);
}
