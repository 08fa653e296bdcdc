/* Keys and writing in the dialogue of an order; see order.h. */
#include <string.h>

#include "core/text.h"
#include "counter/hall_agent.h"
#include "counter/order.h"

/* Bytes that the text takes on the way, where quotes and backslashes count twice. */
static size_t bytes_of(const char *text)
{
    size_t bytes = 0;
    for (const char *c = text; *c != '\0'; c++) {
        bytes += *c == '"' || *c == '\\' ? 2 : 1;
    }
    return bytes;
}

static size_t bytes_max(enum order_part part)
{
    if (part == PART_TICKET) {
        return LABEL_LENGTH_MAX;
    }
    if (part == PART_FROM || part == PART_UNTIL || part == PART_NUMBER) {
        return 5; /* "16:30", "65536" */
    }
    return part == PART_FR || part == PART_EN ? DETAIL_LENGTH_MAX : REASON_LENGTH_MAX;
}

/* A French keyboard has its digits behind Shift: where only digits and letters are meant,
 * its keys of the top row stand for them. */
static const char *digit_of(const char *character)
{
    static const char *const keys[] = {"à", "&", "é", "\"", "'", "(", "-", "è", "_", "ç"};
    static const char *const digits[] = {"0", "1", "2", "3", "4",
                                         "5", "6", "7", "8", "9"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i], character) == 0) {
            return digits[i];
        }
    }
    return character;
}

/* The character as the part holds it; 0: it is none for it. */
static char plain_character(enum order_part part, char character)
{
    bool is_digit = character >= '0' && character <= '9';
    bool is_small = character >= 'a' && character <= 'z';
    bool is_letter = is_small || (character >= 'A' && character <= 'Z');
    if (part == PART_TICKET && is_small) {
        return (char)(character - 'a' + 'A');
    }
    bool fits =
        is_digit || (part == PART_TICKET
                         ? is_letter
                         : (part == PART_FROM || part == PART_UNTIL) && character == ':');
    return fits ? character : '\0';
}

static void append(struct hall_agent *agent, const char *text)
{
    enum order_part part = agent->order.at;
    char *typed = agent->order.typed[part];
    size_t length = strlen(typed);
    if (bytes_of(typed) + bytes_of(text) <= bytes_max(part)) {
        (void)text_copy(typed + length, DETAIL_LENGTH_MAX + 1 - length, text); /* fits */
    }
}

void order_write(struct hall_agent *agent, const char *character)
{
    enum order_part part = agent->order.at;
    agent->order.is_asked = false;
    bool is_words =
        part == PART_TEXT || part == PART_FR || part == PART_EN || part == PART_REASON;
    if (!order_is_typed(part) || (unsigned char)character[0] < ' ' ||
        character[0] == 0x7F) {
        return;
    }
    if (is_words) {
        append(agent, character);
        return;
    }
    const char plain[2] = {plain_character(part, digit_of(character)[0]), '\0'};
    if (plain[0] != '\0') {
        append(agent, plain);
    }
}

void order_erase(struct hall_agent *agent)
{
    struct order *order = &agent->order;
    order->is_asked = false;
    char *typed = order->typed[order->at];
    size_t length = strlen(typed);
    while (length > 0 && ((unsigned char)typed[length - 1] & 0xC0) == 0x80) {
        length--; /* the last bytes of a character */
    }
    typed[length > 0 ? length - 1 : 0] = '\0';
}

/* A counter is named by its label, which may have several digits; a service by its
 * letter; everything else by its place. */
static void choose_by_key(struct hall_agent *agent, char key)
{
    struct order *order = &agent->order;
    const struct site *site = &agent->site;
    if (order->at == PART_COUNTER || order->at == PART_TO_COUNTER) {
        char *typed = order->typed[order->at];
        for (int i = 0; i < 2; i++) { /* goes on with what was typed, or begins anew */
            const char one[2] = {key, '\0'};
            append(agent, one);
            for (uint32_t j = 0; j < site->counter_count; j++) {
                if (strcmp(site->counters[j].label, typed) == 0) {
                    order_choose(agent, j);
                    return;
                }
            }
            typed[0] = i == 0 ? '\0' : key;
            typed[1] = '\0';
        }
        return;
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        const char letter[2] = {key, '\0'};
        if ((order->at == PART_SERVICE || order->at == PART_TO_SERVICE) &&
            strcmp(site->services[i].letter, letter) == 0) {
            order_choose(agent, i);
        }
    }
    if (order->at == PART_REMARK) { /* by the number that stands before it */
        for (uint32_t i = 0; i < agent->state.remark_count; i++) {
            if (agent->state.remarks[i].number == (uint32_t)(key - '0')) {
                order_choose(agent, i);
            }
        }
        return;
    }
    if (key >= '1' && key <= '9' && order->at != PART_SERVICE &&
        order->at != PART_TO_SERVICE) {
        order_choose(agent, (uint32_t)(key - '1'));
    }
}

static void step_choice(struct hall_agent *agent, bool is_back)
{
    struct order *order = &agent->order;
    uint32_t count = order_choice_count(agent, order->at);
    uint32_t chosen = order->chosen[order->at];
    if (count == 0 || order_is_typed(order->at)) {
        return;
    }
    if (chosen >= count) {
        order_choose(agent, is_back ? count - 1 : 0);
    } else {
        order_choose(agent, (chosen + (is_back ? count - 1 : 1)) % count);
    }
}

static void step_part(struct hall_agent *agent, bool is_back)
{
    uint32_t part = agent->order.at;
    for (uint32_t i = 0; i < ORDER_PART_COUNT; i++) {
        part = (part + (is_back ? ORDER_PART_COUNT - 1 : 1)) % ORDER_PART_COUNT;
        if (order_has(agent, (enum order_part)part)) {
            order_go_to(agent, (enum order_part)part);
            return;
        }
    }
}

/* What the layout of the keyboard makes of a key, in any layout. */
static void take_text(struct hall_agent *agent, const char *text)
{
    if (order_is_typed(agent->order.at)) {
        char character[5] = "";
        for (size_t i = 0; text[i] != '\0';) {
            size_t length = 1;
            while (length < 4 && ((unsigned char)text[i + length] & 0xC0) == 0x80) {
                length++;
            }
            memcpy(character, text + i, length);
            character[length] = '\0';
            order_write(agent, character);
            i += length;
        }
        return;
    }
    char key = digit_of(text)[0];
    choose_by_key(agent, key >= 'a' && key <= 'z' ? (char)(key - 'a' + 'A') : key);
}

bool order_take_input(struct hall_agent *agent, const struct input_event *event)
{
    agent->has_notice = false;
    if (event->kind == INPUT_TEXT) {
        take_text(agent, event->text);
        return true;
    }
    bool is_back =
        event->key == KEY_BACK_TAB || event->key == KEY_UP || event->key == KEY_LEFT;
    if (event->key == KEY_TAB || event->key == KEY_BACK_TAB || event->key == KEY_UP ||
        event->key == KEY_DOWN) {
        step_part(agent, is_back);
    } else if (event->key == KEY_LEFT || event->key == KEY_RIGHT) {
        step_choice(agent, is_back);
    } else if (event->key == KEY_BACKSPACE) {
        order_erase(agent);
    } else {
        return event->key == KEY_CHARACTER || event->key == KEY_SPACE;
    }
    return true;
}
