/* The floor that a hall screen is measured against: a fixed board drawn with SDL2 and
 * SDL_ttf and nothing else, on plain X11 shared memory. Texts are drawn once and only
 * copied after.
 *
 * Usage: bare_board [STARTED_NS [IDLE_S]] — STARTED_NS is CLOCK_MONOTONIC just before the
 * start. Prints milliseconds from start to first picture, median milliseconds of a full
 * redraw, and KiB resident; then waits IDLE_S seconds for events. */
#include <stdio.h>
#include <stdlib.h>

#include <SDL.h>
#include <SDL_ttf.h>

#include "board_figures.h"

#define FONT "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"

static const struct {
    SDL_Rect at;
    Uint32 colour;
} boxes[] = {
    {{0, 0, 1920, 1080}, 0x0b1f33},    {{0, 0, 1920, 110}, 0x061424},
    {{48, 196, 1240, 182}, 0xffffff},  {{48, 392, 1240, 124}, 0x152f4d},
    {{48, 532, 1240, 124}, 0x152f4d},  {{48, 672, 1240, 124}, 0x152f4d},
    {{1320, 196, 552, 140}, 0x152f4d}, {{1320, 350, 552, 140}, 0x152f4d},
    {{1320, 504, 552, 140}, 0x152f4d}, {{1320, 658, 552, 140}, 0x152f4d},
    {{48, 816, 1824, 170}, 0x152f4d},  {{0, 1006, 1920, 74}, 0x061424},
};

static const struct {
    int x;
    int y;
    int size_px;
    Uint32 colour;
    const char *string;
} words[] = {
    {48, 30, 40, 0xffffff, "Préfecture — Hall d’accueil"},
    {1730, 20, 56, 0xffffff, "10:42"},
    {100, 190, 140, 0x0b1f33, "A042"},
    {790, 220, 90, 0x0b1f33, "Guichet 3"},
    {100, 395, 90, 0xffffff, "B107"},
    {790, 405, 72, 0xffffff, "Guichet 5"},
    {100, 535, 90, 0xffffff, "A041"},
    {790, 545, 72, 0xffffff, "Guichet 1"},
    {100, 675, 90, 0xffffff, "C018"},
    {790, 685, 72, 0xffffff, "Salle 2"},
    {1440, 220, 30, 0xffffff, "Certificat d’immatriculation"},
    {1440, 380, 30, 0xffffff, "Permis de conduire"},
    {1440, 530, 30, 0xffffff, "Titre de séjour"},
    {1440, 690, 30, 0xffffff, "Renseignements"},
    {1720, 260, 40, 0xffffff, "15–25"},
    {1720, 410, 40, 0xffffff, "5–10"},
    {1720, 560, 40, 0xffffff, "40–60"},
    {1720, 720, 40, 0xffffff, "< 5"},
    {150, 850, 52, 0xffffff, "1"},
    {380, 850, 52, 0xffffff, "2"},
    {610, 850, 52, 0xffffff, "3"},
    {840, 850, 52, 0xffffff, "4"},
    {1070, 850, 52, 0xffffff, "5"},
    {1300, 850, 52, 0xffffff, "6"},
    {1530, 850, 52, 0xffffff, "7"},
    {1760, 850, 52, 0xffffff, "S2"},
    {180, 1020, 32, 0xffffff,
     "Permis de conduire : munissez-vous d’une photo-signature."},
};
#define WORD_COUNT (sizeof(words) / sizeof(words[0]))

static SDL_Surface *texts[WORD_COUNT];

static int make_texts(void)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        TTF_Font *font = TTF_OpenFont(FONT, words[i].size_px);
        if (!font) {
            return -1;
        }
        SDL_Color colour = {(Uint8)(words[i].colour >> 16), (Uint8)(words[i].colour >> 8),
                            (Uint8)words[i].colour, 255};
        texts[i] = TTF_RenderUTF8_Blended(font, words[i].string, colour);
        TTF_CloseFont(font);
        if (!texts[i]) {
            return -1;
        }
    }
    return 0;
}

static int draw(SDL_Window *window)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window);
    if (!surface) {
        return -1;
    }
    for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
        if (SDL_FillRect(surface, &boxes[i].at, boxes[i].colour) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < WORD_COUNT; i++) {
        SDL_Rect at = {words[i].x, words[i].y, 0, 0};
        if (SDL_BlitSurface(texts[i], NULL, surface, &at) != 0) {
            return -1;
        }
    }
    return SDL_UpdateWindowSurface(window);
}

static int run(int64_t started_ns, int idle_s)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0) {
        return -1;
    }
    SDL_Window *window =
        SDL_CreateWindow("bare board", 0, 0, 1920, 1080, SDL_WINDOW_SHOWN);
    if (!window || make_texts() != 0 || draw(window) != 0) {
        return -1;
    }
    int64_t first_ns = figures_now_ns();
    int64_t redraws_ns[REDRAW_COUNT];
    for (int i = 0; i < REDRAW_COUNT; i++) {
        int64_t before_ns = figures_now_ns();
        if (draw(window) != 0) {
            return -1;
        }
        redraws_ns[i] = figures_now_ns() - before_ns;
    }
    figures_print("bare", first_ns - started_ns, redraws_ns, REDRAW_COUNT);
    SDL_Event event;
    Uint32 end_ms = SDL_GetTicks() + (Uint32)idle_s * 1000;
    while (SDL_GetTicks() < end_ms) {
        (void)SDL_WaitEventTimeout(&event,
                                   (int)(end_ms - SDL_GetTicks())); /* any event */
    }
    return 0;
}

int main(int argc, char **argv)
{
    int64_t started_ns = argc > 1 ? strtoll(argv[1], NULL, 10) : figures_now_ns();
    int idle_s = argc > 2 ? (int)strtoll(argv[2], NULL, 10) : 0;
    if (run(started_ns, idle_s) != 0) {
        (void)fprintf(stderr, "bare_board: %s\n", SDL_GetError()); /* nobody to tell */
        return 1;
    }
    return 0;
}
