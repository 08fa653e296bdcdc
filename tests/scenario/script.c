/* The day language as one table of sentences; see script.h.
 *
 * A sentence is a row of words; words in capitals are slots that take one word of the
 * line each. A line is the first sentence that it fits. */
#include "script.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/counter.h"
#include "core/refusal.h"
#include "core/text.h"
#include "core/ticket.h"

#define WORDS_MAX      12
#define WORD_BYTES_MAX 40
#define LINE_BYTES_MAX 256
#define STEPS_MAX      10000

/* What a row means beyond its words. */
struct sentence {
    const char *words;
    enum step_kind kind;
    enum verb verb;
    enum print_state print;
    bool is_twice;
    bool is_at_kiosk;
    bool comes_back;
    bool is_wrong;
    bool is_basket;
    bool is_confirmed;
    bool is_english;
    bool is_test;
};

#define COUNTER_VERB(text, counter_verb)                                                 \
    {.words = "counter COUNTER " text, .kind = STEP_COUNTER, .verb = (counter_verb)},    \
    {                                                                                    \
        .words = "counter COUNTER " text " twice", .kind = STEP_COUNTER,                 \
        .verb = (counter_verb), .is_twice = true                                         \
    }

static const struct sentence sentences[] = {
    {.words = "site NAME", .kind = STEP_SITE},
    {.words = "date DATE", .kind = STEP_DATE},
    {.words = "SERVICE ticket at kiosk", .kind = STEP_TAKE, .is_at_kiosk = true},
    {.words = "SERVICE ticket at kiosk as CLASS", .kind = STEP_TAKE, .is_at_kiosk = true},
    {.words = "SERVICE ticket at kiosk in English",
     .kind = STEP_TAKE,
     .is_at_kiosk = true,
     .is_english = true},
    {.words = "SERVICE ticket at reception", .kind = STEP_TAKE},
    {.words = "SERVICE ticket at reception as CLASS", .kind = STEP_TAKE},
    {.words = "SERVICE ticket at kiosk for NUMBER then OTHERS",
     .kind = STEP_TAKE,
     .is_at_kiosk = true,
     .is_basket = true},
    {.words = "NUMBER SERVICE tickets at kiosk", .kind = STEP_TAKE, .is_at_kiosk = true},
    {.words = "SERVICE ticket at kiosk confirmed",
     .kind = STEP_TAKE,
     .is_at_kiosk = true,
     .is_confirmed = true},
    {.words = "NUMBER SERVICE tickets at kiosk confirmed",
     .kind = STEP_TAKE,
     .is_at_kiosk = true,
     .is_confirmed = true},
    {.words = "SERVICE ticket at reception without DOCUMENT", .kind = STEP_TAKE},
    {.words = "SERVICE test ticket", .kind = STEP_TAKE, .is_test = true},
    {.words = "suspect tickets are swept", .kind = STEP_LINE, .verb = VERB_SWEEP},
    {.words = "TICKET is trusted", .kind = STEP_TICKET, .verb = VERB_TRUST},
    {.words = "TICKET cancels", .kind = STEP_TICKET, .verb = VERB_CANCEL},
    {.words = "TICKET leaves", .kind = STEP_TICKET, .verb = VERB_ABANDON},
    {.words = "TICKET comes back", .kind = STEP_TICKET, .verb = VERB_READMIT},
    {.words = "TICKET is back", .kind = STEP_TICKET, .verb = VERB_RESUME},
    {.words = "TICKET asks for SERVICE", .kind = STEP_TICKET, .verb = VERB_REQUALIFY},
    {.words = "TICKET becomes CLASS", .kind = STEP_TICKET, .verb = VERB_REQUALIFY},
    {.words = "TICKET is split for NUMBER", .kind = STEP_TICKET, .verb = VERB_SPLIT},
    {.words = "TICKET is split for SERVICE", .kind = STEP_TICKET, .verb = VERB_SPLIT},
    {.words = "TICKET and TICKET are of one person",
     .kind = STEP_TICKET,
     .verb = VERB_LINK},
    {.words = "TICKET is of another person", .kind = STEP_TICKET, .verb = VERB_UNLINK},
    {.words = "TICKET is corrected to STATE", .kind = STEP_TICKET, .verb = VERB_CORRECT},
    {.words = "TICKET is printed",
     .kind = STEP_TICKET,
     .verb = VERB_PRINTED,
     .print = PRINT_PRINTED},
    {.words = "TICKET is not printed",
     .kind = STEP_TICKET,
     .verb = VERB_PRINTED,
     .print = PRINT_FAILED},
    COUNTER_VERB("opens", VERB_OPEN),
    COUNTER_VERB("closes", VERB_CLOSE),
    COUNTER_VERB("pauses", VERB_PAUSE),
    COUNTER_VERB("asks for help", VERB_ASK_HELP),
    COUNTER_VERB("needs no help", VERB_END_HELP),
    COUNTER_VERB("calls next", VERB_CALL_NEXT),
    COUNTER_VERB("calls TICKET", VERB_CALL),
    COUNTER_VERB("calls TICKET because of NAME", VERB_CALL),
    COUNTER_VERB("serves somebody without a ticket for SERVICE", VERB_WALK_IN),
    COUNTER_VERB("presses", VERB_PRESS),
    COUNTER_VERB("recalls", VERB_RECALL),
    COUNTER_VERB("starts", VERB_START),
    COUNTER_VERB("finishes", VERB_FINISH),
    COUNTER_VERB("marks no-show", VERB_NO_SHOW),
    COUNTER_VERB("undoes", VERB_UNDO),
    COUNTER_VERB("sends on to SERVICE", VERB_TRANSFER),
    COUNTER_VERB("sends on to SERVICE after NUMBER min", VERB_TRANSFER),
    COUNTER_VERB("sends on to counter OTHER", VERB_TRANSFER),
    {.words = "counter COUNTER sends on to SERVICE and back",
     .kind = STEP_COUNTER,
     .verb = VERB_TRANSFER,
     .comes_back = true},
    {.words = "agent NUMBER signs in at COUNTER", .kind = STEP_SIGN_IN},
    {.words = "agent NUMBER signs in at COUNTER with a wrong code",
     .kind = STEP_SIGN_IN,
     .is_wrong = true},
    COUNTER_VERB("notes NAME", VERB_NOTE),
    COUNTER_VERB("notes NAME without OTHER", VERB_NOTE),
    COUNTER_VERB("parks", VERB_PARK),
    COUNTER_VERB("parks for NUMBER min", VERB_PARK),
    COUNTER_VERB("hands over to OTHER", VERB_HAND_OVER),
    {.words = "counters COUNTER and OTHER call next together", .kind = STEP_TOGETHER},
    {.words = "service SERVICE opens", .kind = STEP_SERVICE, .verb = VERB_OPEN_SERVICE},
    {.words = "service SERVICE closes", .kind = STEP_SERVICE, .verb = VERB_CLOSE_SERVICE},
    {.words = "everybody waiting for SERVICE is settled as STATE",
     .kind = STEP_LINE,
     .verb = VERB_SETTLE},
    {.words = "everybody waiting is settled as STATE",
     .kind = STEP_LINE,
     .verb = VERB_SETTLE},
    {.words = "everybody waiting for SERVICE waits for SERVICE",
     .kind = STEP_LINE,
     .verb = VERB_MOVE},
    {.words = "screens say NAME", .kind = STEP_MESSAGE, .verb = VERB_MESSAGE},
    {.words = "screens say NAME for NUMBER min",
     .kind = STEP_MESSAGE,
     .verb = VERB_MESSAGE},
    {.words = "screens say nothing more", .kind = STEP_MESSAGE, .verb = VERB_MESSAGE},
    {.words = "service SERVICE gives NUMBER tickets today",
     .kind = STEP_TODAY,
     .verb = VERB_SET_QUOTA},
    {.words = "service SERVICE is open for NUMBER min",
     .kind = STEP_TODAY,
     .verb = VERB_HOURS_TODAY},
    {.words = "exceptional mode for NUMBER min", .kind = STEP_EXCEPTIONAL},
    {.words = "exceptional mode for NUMBER min with SERVICE first, screens say NAME",
     .kind = STEP_EXCEPTIONAL},
    {.words = "exceptional mode ends", .kind = STEP_EXCEPTIONAL},
    {.words = "supervisor remarks NAME on the last NUMBER min",
     .kind = STEP_REMARK,
     .verb = VERB_REMARK},
    {.words = "supervisor withdraws remark NUMBER",
     .kind = STEP_REMARK,
     .verb = VERB_WITHDRAW_REMARK},
    {.words = "supervisor opens counter COUNTER",
     .kind = STEP_OUTSIDE,
     .verb = VERB_OPEN},
    {.words = "supervisor closes counter COUNTER",
     .kind = STEP_OUTSIDE,
     .verb = VERB_CLOSE},
    {.words = "supervisor hands counter COUNTER over to OTHER",
     .kind = STEP_OUTSIDE,
     .verb = VERB_HAND_OVER},
    {.words = "day closes", .kind = STEP_CLOSE_DAY},
    {.words = "server restarts", .kind = STEP_RESTART},
    {.words = "time passes", .kind = STEP_WAIT},
    {.words = "expect ticket TICKET", .kind = EXPECT_TICKET},
    {.words = "expect NUMBER ahead", .kind = EXPECT_AHEAD},
    {.words = "expect refused CODE", .kind = EXPECT_REFUSED},
    {.words = "expect nobody next at COUNTER", .kind = EXPECT_NEXT},
    {.words = "expect TICKET next at COUNTER", .kind = EXPECT_NEXT},
    {.words = "expect TICKET called NUMBER times", .kind = EXPECT_CALLED},
    {.words = "expect TICKET waited NUMBER s", .kind = EXPECT_WAIT},
    {.words = "expect TICKET served for NUMBER s", .kind = EXPECT_SERVICE},
    {.words = "expect TICKET about nothing", .kind = EXPECT_ABOUT},
    {.words = "expect TICKET about NAME", .kind = EXPECT_ABOUT},
    {.words = "expect announced TICKET at COUNTER", .kind = EXPECT_ANNOUNCED},
    {.words = "expect announced TICKET at COUNTER then TICKET at COUNTER",
     .kind = EXPECT_ANNOUNCED},
    {.words = "expect recalled TICKET at COUNTER", .kind = EXPECT_RECALLED},
    {.words = "expect TICKET stays seated", .kind = EXPECT_SEATED},
    {.words = "expect waiting SERVICE NUMBER", .kind = EXPECT_WAITING},
    {.words = "expect light COUNTER LIGHT", .kind = EXPECT_LIGHT},
    {.words = "expect counter COUNTER PLACE", .kind = EXPECT_COUNTER},
    {.words = "expect counter COUNTER PLACE TICKET", .kind = EXPECT_COUNTER},
    {.words = "expect NUMBER tickets STATE", .kind = EXPECT_COUNT},
    {.words = "expect TICKET STATE", .kind = EXPECT_STATE},
    {.words = "expect TICKET STATE at COUNTER", .kind = EXPECT_STATE},
    {.words = "expect day DATE", .kind = EXPECT_DAY},
    {.words = "expect no day", .kind = EXPECT_DAY},
    {.words = "expect screens say NAME", .kind = EXPECT_MESSAGE},
    {.words = "expect no message", .kind = EXPECT_MESSAGE},
    {.words = "expect counter COUNTER told of DOCUMENT missing", .kind = EXPECT_LACKS},
    {.words = "expect NUMBER remarks", .kind = EXPECT_REMARKS},
    {.words = "expect NUMBER remarks, the newest NAME", .kind = EXPECT_REMARKS},
};

/* A line as its words. */
struct words {
    uint32_t count;
    char word[WORDS_MAX][WORD_BYTES_MAX];
};

/* A whole number of digits only, at most `max`. */
static bool read_number(const char *text, uint32_t max, uint32_t *ret_number)
{
    char *end = NULL;
    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || number > max) {
        return false;
    }
    *ret_number = (uint32_t)number;
    return true;
}

/* "2026-11-23" */
static bool read_date(const char *text, uint32_t *ret_date)
{
    char digits[9];
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    memcpy(digits, text, 4);
    memcpy(digits + 4, text + 5, 2);
    memcpy(digits + 6, text + 8, 3);
    return strspn(digits, "0123456789") == 8 && read_number(digits, 99991231, ret_date);
}

/* "A" or "A042"; `with_number` says which. */
static bool read_letters(const char *text, bool with_number, char *ret_text, size_t bytes)
{
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = strspn(text + letters, "0123456789");
    bool fits = letters >= 1 && letters <= LETTER_LENGTH_MAX &&
                letters + digits == strlen(text) && (digits > 0) == with_number;
    return fits && text_copy(ret_text, bytes, text);
}

static bool read_id(const char *text, char *ret_id)
{
    return text_is_id(text, ID_LENGTH_MAX) && text_copy(ret_id, ID_LENGTH_MAX + 1, text);
}

static bool is_light(const char *text)
{
    bool is_known = false;
    for (uint32_t i = 0; i < LIGHT_COUNT; i++) {
        is_known = is_known || strcmp(text, light_name((enum light)i)) == 0;
    }
    return is_known;
}

/* Put the line's word into the slot of the step. A slot that is full already takes its
 * second field. */
static bool fill_slot(const char *slot, const char *word, struct step *step)
{
    if (strcmp(slot, "COUNTER") == 0 || strcmp(slot, "OTHER") == 0) {
        return read_id(word, step->counter[0] == '\0' ? step->counter : step->other);
    }
    if (strcmp(slot, "TICKET") == 0) {
        return read_letters(word, true,
                            step->ticket[0] == '\0' ? step->ticket : step->other_ticket,
                            sizeof(step->ticket));
    }
    if (strcmp(slot, "SERVICE") == 0) {
        return read_letters(word, false,
                            step->service[0] == '\0' ? step->service : step->to_service,
                            sizeof(step->service));
    }
    if (strcmp(slot, "OTHERS") == 0) {
        return read_letters(word, false, step->others, sizeof(step->others));
    }
    if (strcmp(slot, "DOCUMENT") == 0) {
        return read_id(word, step->lacks);
    }
    if (strcmp(slot, "NUMBER") == 0) {
        return read_number(word, TICKETS_PER_DAY_MAX, &step->number);
    }
    if (strcmp(slot, "DATE") == 0) {
        return read_date(word, &step->date);
    }
    bool is_word = read_id(word, step->word);
    if (strcmp(slot, "CODE") == 0) {
        return is_word && refusal_find(word) != REFUSAL_COUNT;
    }
    if (strcmp(slot, "STATE") == 0) {
        return is_word && ticket_state_find(word) != TICKET_STATE_COUNT;
    }
    if (strcmp(slot, "PLACE") == 0) {
        return is_word && counter_state_find(word) != COUNTER_STATE_COUNT;
    }
    if (strcmp(slot, "LIGHT") == 0) {
        return is_word && is_light(word);
    }
    assert(strcmp(slot, "CLASS") == 0 || strcmp(slot, "NAME") == 0);
    return is_word;
}

/* The next word of `*rest` into `ret_word`; false at the end or where it is too long. */
static bool next_word(const char **rest, char ret_word[WORD_BYTES_MAX])
{
    const char *start = *rest + strspn(*rest, " \t,");
    size_t length = strcspn(start, " \t,");
    *rest = start + length;
    if (length == 0 || length >= WORD_BYTES_MAX) {
        return false;
    }
    memcpy(ret_word, start, length);
    ret_word[length] = '\0';
    return true;
}

static bool is_slot(const char *word)
{
    return word[0] >= 'A' && word[0] <= 'Z' && !(word[1] >= 'a' && word[1] <= 'z');
}

/* Whether the line's words from `first` on are this sentence; fills a copy of the step.
 */
static bool fits_sentence(const struct sentence *sentence, const struct words *words,
                          uint32_t first, struct step *step)
{
    struct step filled = *step;
    const char *rest = sentence->words;
    char wanted[WORD_BYTES_MAX];
    uint32_t at = first;
    while (next_word(&rest, wanted)) {
        if (at == words->count) {
            return false;
        }
        const char *word = words->word[at];
        bool fits = is_slot(wanted) ? fill_slot(wanted, word, &filled)
                                    : strcmp(wanted, word) == 0;
        if (!fits) {
            return false;
        }
        at++;
    }
    if (at != words->count) {
        return false;
    }
    filled.kind = sentence->kind;
    filled.verb = sentence->verb;
    filled.print = sentence->print;
    filled.is_twice = sentence->is_twice;
    filled.is_at_kiosk = sentence->is_at_kiosk;
    filled.comes_back = sentence->comes_back;
    filled.is_wrong = sentence->is_wrong;
    filled.is_basket = sentence->is_basket;
    filled.is_confirmed = sentence->is_confirmed;
    filled.is_english = sentence->is_english;
    filled.is_test = sentence->is_test;
    *step = filled;
    return true;
}

/* "09:00" or "09:00:15" */
static bool read_clock(const char *text, int64_t *ret_ms)
{
    size_t length = strlen(text);
    if ((length != 5 && length != 8) || text[2] != ':' ||
        (length == 8 && text[5] != ':')) {
        return false;
    }
    uint32_t parts[3] = {0, 0, 0};
    for (size_t i = 0; 3 * i < length; i++) {
        char digits[3] = {text[3 * i], text[3 * i + 1], '\0'};
        if (!read_number(digits, i == 0 ? 23 : 59, &parts[i])) {
            return false;
        }
    }
    *ret_ms = (int64_t)(parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000;
    return true;
}

/* The words that say when, at the start of a line: "09:00" or "after 15 s" (or min, h).
 * Returns how many words they are. */
static uint32_t read_moment(const struct words *words, struct step *step)
{
    uint32_t number = 0;
    if (read_clock(words->word[0], &step->time_ms)) {
        step->moment = MOMENT_CLOCK;
        return 1;
    }
    if (words->count < 3 || strcmp(words->word[0], "after") != 0 ||
        !read_number(words->word[1], 1000000, &number)) {
        return 0;
    }
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {{"s", 1000}, {"min", 60000}, {"h", 3600000}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(words->word[2], units[i].name) == 0) {
            step->moment = MOMENT_LATER;
            step->time_ms = number * units[i].ms;
            return 3;
        }
    }
    return 0;
}

static enum status read_line(const char *line, struct step *step, struct error *err)
{
    struct words words = {.count = 0};
    const char *rest = line;
    while (words.count < WORDS_MAX && next_word(&rest, words.word[words.count])) {
        words.count++;
    }
    if (rest[strspn(rest, " \t,")] != '\0') {
        return error_set(err, ERR_INVALID, "line %u: too many or too long words",
                         (unsigned)step->line);
    }
    assert(words.count > 0);
    uint32_t first = read_moment(&words, step);
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        if (fits_sentence(&sentences[i], &words, first, step)) {
            if (first > 0 && step_is_expectation(step->kind)) {
                return error_set(err, ERR_INVALID,
                                 "line %u: an expectation has no time of its own",
                                 (unsigned)step->line);
            }
            return OK;
        }
    }
    return error_set(err, ERR_INVALID, "line %u: '%s' is no sentence of the day language",
                     (unsigned)step->line, line);
}

bool step_is_expectation(enum step_kind kind)
{
    assert(kind < STEP_KIND_COUNT);
    return kind >= EXPECT_TICKET;
}

/* Takes the comment and the line's end off; false when nothing is left. */
static bool strip(char *line)
{
    line[strcspn(line, "#\r\n")] = '\0';
    size_t length = strlen(line);
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t')) {
        length--;
    }
    line[length] = '\0';
    return line[strspn(line, " \t")] != '\0';
}

static enum status read_steps(FILE *file, struct script *script, struct error *err)
{
    char line[LINE_BYTES_MAX];
    uint32_t number = 0;
    while (fgets(line, sizeof(line), file)) {
        number++;
        if (!strchr(line, '\n') && !feof(file)) {
            return error_set(err, ERR_INVALID, "line %u is longer than %d bytes",
                             (unsigned)number, LINE_BYTES_MAX - 2);
        }
        if (!strip(line)) {
            continue;
        }
        if (script->count == STEPS_MAX) {
            return error_set(err, ERR_LIMIT, "more than %d steps", STEPS_MAX);
        }
        struct step *step = &script->steps[script->count];
        *step = (struct step){.line = number, .moment = MOMENT_NOW};
        enum status status = read_line(line, step, err);
        if (status != OK) {
            return status;
        }
        script->count++;
    }
    return ferror(file) ? error_set(err, ERR_IO, "cannot read on") : OK;
}

enum status script_read(const char *path, struct script *ret_script, struct error *err)
{
    struct script script = {.steps = calloc(STEPS_MAX, sizeof(struct step)), .count = 0};
    if (!script.steps) {
        return error_set(err, ERR_FULL, "no memory for a script");
    }
    enum status status = OK;
    FILE *file = fopen(path, "re");
    if (!file) {
        status = error_set(err, ERR_IO, "cannot open: %s", strerror(errno));
    } else {
        status = read_steps(file, &script, err);
        (void)fclose(file); /* it was only read */
    }
    if (status != OK) {
        script_finish(&script);
        return status;
    }
    *ret_script = script;
    return OK;
}

void script_finish(struct script *script)
{
    free(script->steps);
    *script = (struct script){.steps = NULL, .count = 0};
}

void script_print_sentences(void)
{
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        printf("%s\n", sentences[i].words);
    }
}
