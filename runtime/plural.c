/* Evaluates rules of plurals; see plural.h.
 *
 * The grammar is that of C's expressions with n, whole numbers, brackets and
 *   ?:  ||  &&  == !=  < > <= >=  + -  * / %  !
 * read by climbing over the operators' ranks. A rule is short and asked for a few times a
 * screen, so it is evaluated from its text every time. */
#include "runtime/plural.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Brackets and conditions inside each other. */
#define DEPTH_MAX 32

struct evaluation {
    const char *at;
    uint64_t n;
    uint32_t depth;
    bool is_sound;
};

static const struct binary {
    const char *sign;
    uint32_t rank; /* a higher one binds closer */
} operators[] = {
    {"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<=", 4}, {">=", 4}, {"<", 4},
    {">", 4},  {"+", 5},  {"-", 5},  {"*", 6},  {"/", 6},  {"%", 6},
};

static void skip_spaces(struct evaluation *evaluation)
{
    evaluation->at += strspn(evaluation->at, " \t");
}

static bool take(struct evaluation *evaluation, const char *sign)
{
    skip_spaces(evaluation);
    size_t length = strlen(sign);
    if (strncmp(evaluation->at, sign, length) != 0) {
        return false;
    }
    evaluation->at += length;
    return true;
}

static uint64_t evaluate_condition(struct evaluation *evaluation);

static uint64_t fail(struct evaluation *evaluation)
{
    evaluation->is_sound = false;
    return 0;
}

/* n, a number, a bracket, or a negation. */
static uint64_t evaluate_operand(struct evaluation *evaluation)
{
    uint64_t value = 0;
    if (evaluation->depth == DEPTH_MAX) {
        return fail(evaluation);
    }
    evaluation->depth++;
    if (take(evaluation, "(")) {
        value = evaluate_condition(evaluation);
        if (!take(evaluation, ")")) {
            value = fail(evaluation);
        }
    } else if (take(evaluation, "!")) {
        value = !evaluate_operand(evaluation);
    } else if (take(evaluation, "n")) {
        value = evaluation->n;
    } else if (*evaluation->at >= '0' && *evaluation->at <= '9') {
        char *end = NULL;
        value = strtoul(evaluation->at, &end, 10);
        evaluation->at = end;
    } else {
        value = fail(evaluation);
    }
    evaluation->depth--;
    return value;
}

static uint64_t apply(struct evaluation *evaluation, const char *sign, uint64_t left,
                      uint64_t right)
{
    bool divides = sign[0] == '/' || sign[0] == '%';
    if (divides && right == 0) {
        return fail(evaluation);
    }
    bool has_equal = sign[1] == '=';
    switch (sign[0]) {
    case '|':
        return left || right;
    case '&':
        return left && right;
    case '=':
        return left == right;
    case '!':
        return left != right;
    case '<':
        return has_equal ? left <= right : left < right;
    case '>':
        return has_equal ? left >= right : left > right;
    case '+':
        return left + right;
    case '-':
        return left - right;
    case '*':
        return left * right;
    case '/':
        return left / right;
    default:
        return left % right;
    }
}

/* The next operator of at least `rank`, which is not taken yet; NULL when there is none.
 */
static const struct binary *next_operator(struct evaluation *evaluation, uint32_t rank)
{
    skip_spaces(evaluation);
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        size_t length = strlen(operators[i].sign);
        if (strncmp(evaluation->at, operators[i].sign, length) == 0) {
            return operators[i].rank >= rank ? &operators[i] : NULL;
        }
    }
    return NULL;
}

static uint64_t evaluate_binary(struct evaluation *evaluation, uint32_t rank)
{
    uint64_t left = evaluate_operand(evaluation);
    const struct binary *found = next_operator(evaluation, rank);
    while (found && evaluation->is_sound) {
        evaluation->at += strlen(found->sign);
        uint64_t right = evaluate_binary(evaluation, found->rank + 1);
        left = apply(evaluation, found->sign, left, right);
        found = next_operator(evaluation, rank);
    }
    return left;
}

static uint64_t evaluate_condition(struct evaluation *evaluation)
{
    if (evaluation->depth == DEPTH_MAX) {
        return fail(evaluation);
    }
    evaluation->depth++;
    uint64_t value = evaluate_binary(evaluation, 1);
    if (evaluation->is_sound && take(evaluation, "?")) {
        uint64_t yes = evaluate_condition(evaluation);
        if (!take(evaluation, ":")) {
            yes = fail(evaluation);
        }
        uint64_t no = evaluate_condition(evaluation);
        value = value ? yes : no;
    }
    evaluation->depth--;
    return value;
}

/* The value of the whole rule for `n`; false where it is no rule. */
static bool evaluate(const char *rule, uint32_t n, uint64_t *ret_value)
{
    struct evaluation evaluation = {.at = rule, .n = n, .is_sound = true};
    uint64_t value = evaluate_condition(&evaluation);
    skip_spaces(&evaluation);
    if (!evaluation.is_sound || *evaluation.at != '\0') {
        return false;
    }
    *ret_value = value;
    return true;
}

bool plural_parse(const char *header, struct plural *ret_plural)
{
    struct plural plural = {.form_count = 1, .rule = "0"};
    if (!header) {
        *ret_plural = plural;
        return true;
    }
    const char *count = strstr(header, "nplurals=");
    const char *rule = strstr(header, "plural=");
    if (!count || !rule) {
        return false;
    }
    /* "nplurals=" ends in "plural=" only with an s between, so the two never meet. */
    count += strlen("nplurals=");
    rule += strlen("plural=");
    size_t length = strcspn(rule, ";\n");
    plural.form_count = (uint32_t)strtoul(count, NULL, 10);
    if (plural.form_count < 1 || plural.form_count > PLURAL_FORMS_MAX ||
        length >= sizeof(plural.rule)) {
        return false;
    }
    memcpy(plural.rule, rule, length);
    plural.rule[length] = '\0';
    /* Every number that rules look at: the hundreds repeat. */
    for (uint32_t n = 0; n < 1000; n++) {
        uint64_t form = 0;
        if (!evaluate(plural.rule, n, &form) || form >= plural.form_count) {
            return false;
        }
    }
    *ret_plural = plural;
    return true;
}

uint32_t plural_form(const struct plural *plural, uint32_t count)
{
    uint64_t form = 0;
    bool is_sound = evaluate(plural->rule, count, &form);
    return is_sound && form < plural->form_count ? (uint32_t)form : 0;
}
