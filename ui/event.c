/* Reading SDL's events; see event.h. */
#include "ui/event.h"

#include <stddef.h>

#include "core/text.h"

static enum key key_of(SDL_Keycode code)
{
    static const struct {
        SDL_Keycode code;
        enum key key;
    } keys[] = {
        {SDLK_LEFT, KEY_LEFT},     {SDLK_RIGHT, KEY_RIGHT},
        {SDLK_UP, KEY_UP},         {SDLK_DOWN, KEY_DOWN},
        {SDLK_RETURN, KEY_ENTER},  {SDLK_KP_ENTER, KEY_ENTER},
        {SDLK_SPACE, KEY_SPACE},   {SDLK_ESCAPE, KEY_ESCAPE},
        {SDLK_TAB, KEY_TAB},       {SDLK_BACKSPACE, KEY_BACKSPACE},
        {SDLK_DELETE, KEY_DELETE}, {SDLK_HOME, KEY_HOME},
        {SDLK_END, KEY_END},       {SDLK_F1, KEY_F1},
        {SDLK_F2, KEY_F2},         {SDLK_F3, KEY_F3},
        {SDLK_F4, KEY_F4},         {SDLK_F5, KEY_F5},
        {SDLK_F6, KEY_F6},         {SDLK_F7, KEY_F7},
        {SDLK_F8, KEY_F8},         {SDLK_F9, KEY_F9},
        {SDLK_F10, KEY_F10},       {SDLK_F11, KEY_F11},
        {SDLK_F12, KEY_F12},
    };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (keys[i].code == code) {
            return keys[i].key;
        }
    }
    return KEY_NONE;
}

/* Digits of the keypad as the characters they write. */
static uint32_t keypad_digit(SDL_Keycode code)
{
    if (code == SDLK_KP_0) {
        return '0';
    }
    return code >= SDLK_KP_1 && code <= SDLK_KP_9 ? (uint32_t)(code - SDLK_KP_1) + '1'
                                                  : 0;
}

static bool read_key(const SDL_KeyboardEvent *event, struct input_event *ret_event)
{
    SDL_Keycode code = event->keysym.sym;
    enum key key = key_of(code);
    uint32_t character = keypad_digit(code);
    if (key == KEY_NONE && character == 0 && code > 0x20 && code < 0x10FFFF) {
        bool is_small_letter = code >= 'a' && code <= 'z';
        character = (uint32_t)code - (is_small_letter ? 'a' - 'A' : 0U);
    }
    if (key == KEY_NONE && character == 0) {
        return false;
    }
    if (key == KEY_TAB && (event->keysym.mod & KMOD_SHIFT) != 0) {
        key = KEY_BACK_TAB;
    }
    ret_event->kind = INPUT_KEY;
    ret_event->key = key == KEY_NONE ? KEY_CHARACTER : key;
    ret_event->code = character;
    ret_event->is_repeat = event->repeat != 0;
    return true;
}

static bool read_mouse_button(const SDL_MouseButtonEvent *event,
                              struct input_event *ret_event)
{
    if (event->which == SDL_TOUCH_MOUSEID || event->button != SDL_BUTTON_LEFT) {
        return false;
    }
    ret_event->kind = event->state == SDL_PRESSED ? INPUT_DOWN : INPUT_UP;
    ret_event->pointer = POINTER_MOUSE;
    ret_event->x = event->x;
    ret_event->y = event->y;
    return true;
}

static bool read_mouse_motion(const SDL_MouseMotionEvent *event,
                              struct input_event *ret_event)
{
    if (event->which == SDL_TOUCH_MOUSEID) {
        return false;
    }
    ret_event->kind = INPUT_MOVE;
    ret_event->pointer = POINTER_MOUSE;
    ret_event->x = event->x;
    ret_event->y = event->y;
    return true;
}

static void read_finger(const SDL_TouchFingerEvent *event, int width_px, int height_px,
                        struct input_event *ret_event)
{
    ret_event->kind = event->type == SDL_FINGERDOWN ? INPUT_DOWN
                      : event->type == SDL_FINGERUP ? INPUT_UP
                                                    : INPUT_MOVE;
    /* Fingers are told apart by device and finger; the mouse is -1, so the sign goes. */
    ret_event->pointer =
        (int64_t)(((uint64_t)event->touchId * 31 + (uint64_t)event->fingerId) &
                  INT64_MAX);
    ret_event->x = (int)(event->x * (float)width_px);
    ret_event->y = (int)(event->y * (float)height_px);
}

bool event_read(const SDL_Event *event, int width_px, int height_px,
                struct input_event *ret_event)
{
    uint32_t type = event->type;
    if (type == SDL_KEYDOWN) {
        return read_key(&event->key, ret_event);
    }
    if (type == SDL_MOUSEBUTTONDOWN || type == SDL_MOUSEBUTTONUP) {
        return read_mouse_button(&event->button, ret_event);
    }
    if (type == SDL_MOUSEMOTION) {
        return read_mouse_motion(&event->motion, ret_event);
    }
    if (type == SDL_FINGERDOWN || type == SDL_FINGERUP || type == SDL_FINGERMOTION) {
        read_finger(&event->tfinger, width_px, height_px, ret_event);
        return true;
    }
    if (type == SDL_TEXTINPUT) {
        ret_event->kind = INPUT_TEXT;
        return text_copy(ret_event->text, sizeof(ret_event->text), event->text.text);
    }
    if (type == SDL_QUIT) {
        ret_event->kind = INPUT_CLOSE;
        return true;
    }
    return false;
}
