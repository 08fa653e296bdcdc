/* The play of a scenario; see play.h. */
#include "play.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "script.h"

/* The text of a line, as the scenario has it, for the message. */
static void read_line_text(const char *path, uint32_t line, char *ret_text, size_t bytes)
{
    struct text text;
    text_init(&text, ret_text, bytes);
    FILE *file = fopen(path, "re");
    char buffer[512] = "";
    for (uint32_t i = 0; file && i < line; i++) {
        if (!fgets(buffer, sizeof(buffer), file)) {
            buffer[0] = '\0';
        }
    }
    if (file) {
        (void)fclose(file); /* it was only read */
    }
    buffer[strcspn(buffer, "#\r\n")] = '\0';
    const char *start = buffer + strspn(buffer, " \t");
    start += strncmp(start, "expect ", 7) == 0 ? 7 : 0;
    text_add_string(&text, start);
}

static void report(const char *path, uint32_t line, const char *expected, const char *got)
{
    (void)fprintf(stderr, "%s:%u: expected %s, got %s\n", path, (unsigned)line, expected,
                  got);
}

/* A refusal is right only where the very next line expects one. */
static bool play_step(struct stage *stage, const struct script *script, size_t index,
                      const char *path)
{
    const struct step *step = &script->steps[index];
    char got[ERROR_TEXT_BYTES] = "";
    if (step_is_expectation(step->kind)) {
        struct text text;
        text_init(&text, got, sizeof(got));
        bool is_met = stage_expect(stage, step, &text);
        if (!is_met) {
            char expected[512];
            read_line_text(path, step->line, expected, sizeof(expected));
            report(path, step->line, expected, got);
        }
        return is_met;
    }
    struct error err = {.text = ""};
    enum status status = stage_do(stage, step, &err);
    bool expects_refusal =
        index + 1 < script->count && script->steps[index + 1].kind == EXPECT_REFUSED;
    if (status == OK || (status == ERR_REFUSED && expects_refusal)) {
        return true;
    }
    if (status == ERR_REFUSED) {
        report(path, step->line, "no refusal", err.text);
    } else {
        (void)fprintf(stderr, "%s:%u: %s\n", path, (unsigned)step->line, err.text);
    }
    return false;
}

bool play_day(struct stage *stage, const char *path)
{
    struct script script;
    struct error err;
    if (script_read(path, &script, &err) != OK) {
        (void)fprintf(stderr, "%s: %s\n", path, err.text);
        return false;
    }
    bool has_passed = true;
    size_t expectations = 0;
    for (size_t i = 0; has_passed && i < script.count; i++) {
        has_passed = play_step(stage, &script, i, path);
        expectations += step_is_expectation(script.steps[i].kind) ? 1U : 0U;
    }
    if (has_passed && expectations == 0) {
        (void)fprintf(stderr, "%s: nothing is expected: this cannot fail\n", path);
        has_passed = false;
    }
    printf("%s %s (%zu expectations)\n", has_passed ? "passed" : "FAILED", path,
           expectations);
    script_finish(&script);
    return has_passed;
}

enum status stage_do_now(const struct stage_acts *acts, struct stage *stage,
                         const struct step *step, struct error *err)
{
    if (step->kind == STEP_TAKE) {
        return acts->take(stage, step, err);
    }
    if (step->kind == STEP_TICKET) {
        return acts->change_ticket(stage, step, err);
    }
    if (step->kind == STEP_COUNTER) {
        return acts->press(stage, step, err);
    }
    if (step->kind == STEP_TOGETHER) {
        return acts->call_together(stage, step, err);
    }
    if (step->kind == STEP_SERVICE) {
        return acts->change_service(stage, step, err);
    }
    if (step->kind == STEP_SIGN_IN) {
        return acts->sign_in(stage, step, err);
    }
    if (step->kind == STEP_LINE) {
        return acts->change_line(stage, step, err);
    }
    if (step->kind == STEP_TODAY) {
        return acts->change_today(stage, step, err);
    }
    if (step->kind == STEP_EXCEPTIONAL) {
        return acts->be_exceptional(stage, step, err);
    }
    if (step->kind == STEP_REMARK) {
        return acts->remark(stage, step, err);
    }
    if (step->kind == STEP_OUTSIDE) {
        return acts->change_counter(stage, step, err);
    }
    if (step->kind == STEP_MESSAGE) {
        return acts->say(stage, step, err);
    }
    if (step->kind == STEP_CLOSE_DAY) {
        return acts->close_day(stage, err);
    }
    if (step->kind == STEP_RESTART) {
        return acts->restart(stage, err);
    }
    if (step->kind == STEP_SITE) {
        return acts->configure(stage, step->word, err);
    }
    assert(step->kind == STEP_WAIT); /* the time has passed */
    return OK;
}
