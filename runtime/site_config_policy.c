/* The values of [policy ID] in site.conf; see site_config_draft.h. */
#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"
#include "runtime/site_config_draft.h"

/* The longest part of a value that a sentence repeats. */
#define SHOWN_BYTES 80

static int shown(size_t length)
{
    return (int)(length < SHOWN_BYTES ? length : SHOWN_BYTES);
}

static enum status find_service(const struct site *site, const char *word, size_t length,
                                uint32_t *ret_service, struct error *err)
{
    char id[ID_LENGTH_MAX + 1];
    struct text text;
    text_init(&text, id, sizeof(id));
    text_add(&text, "%.*s", shown(length), word);
    uint32_t service = site_find_service(site, id);
    if (text.is_cut || service == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no service '%.*s'", shown(length),
                         word);
    }
    *ret_service = service;
    return OK;
}

/* The policy that a field belongs to. */
static struct site_policy *policy_of(void *field, size_t offset)
{
    return (struct site_policy *)(void *)((char *)field - offset);
}

static enum status add_place(struct site_policy *policy, struct policy_place place,
                             const char *word, size_t length, struct error *err)
{
    for (uint32_t i = 0; i < policy->place_count; i++) {
        if (policy->places[i].service == place.service) {
            return error_set(err, ERR_INVALID, "'%.*s' is there twice", shown(length),
                             word);
        }
    }
    assert(policy->place_count < SERVICES_MAX);
    policy->places[policy->place_count] = place;
    policy->place_count++;
    return OK;
}

/* "a" */
static enum status parse_service(const struct site *site, const char *word, size_t length,
                                 struct policy_place *ret_place, struct error *err)
{
    return find_service(site, word, length, &ret_place->service, err);
}

/* "a:2" */
static enum status parse_turns(const struct site *site, const char *word, size_t length,
                               struct policy_place *ret_place, struct error *err)
{
    const char *colon = memchr(word, ':', length);
    if (!colon) {
        return error_set(err, ERR_INVALID, "'%.*s' is not a service and turns like a:2",
                         shown(length), word);
    }
    size_t id_length = (size_t)(colon - word);
    enum status status = find_service(site, word, id_length, &ret_place->service, err);
    char digits[8];
    struct text text;
    text_init(&text, digits, sizeof(digits));
    text_add(&text, "%.*s", shown(length - id_length - 1), colon + 1);
    int64_t turns = 0;
    if (status == OK) {
        status = config_parse_number(digits, 1, TURNS_MAX, &turns, err);
    }
    if (status == OK) {
        ret_place->turns = (uint32_t)turns;
    }
    return status;
}

/* The services of a policy, each as one word. */
static enum status parse_places(const struct config_value *value, void *ret_field,
                                enum status (*parse)(const struct site *, const char *,
                                                     size_t, struct policy_place *,
                                                     struct error *),
                                struct error *err)
{
    const struct site_draft *draft = value->root;
    struct site_policy *policy =
        policy_of(ret_field, offsetof(struct site_policy, places));
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    enum status status = OK;
    while (status == OK && config_next_word(&rest, " ,\t", &word, &length)) {
        struct policy_place place = {0, 0};
        status = parse(&draft->site, word, length, &place, err);
        if (status == OK) {
            status = add_place(policy, place, word, length, err);
        }
    }
    return status;
}

/* "a b c" */
static enum status parse_order(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    return parse_places(value, ret_field, parse_service, err);
}

/* "a:2 b:1" */
static enum status parse_ratio(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    return parse_places(value, ret_field, parse_turns, err);
}

/* "a > 20 min" */
static enum status parse_condition(const struct site *site, const char *text,
                                   size_t length, struct policy_condition *ret_condition,
                                   struct error *err)
{
    char copy[SHOWN_BYTES + 1];
    struct text bytes;
    text_init(&bytes, copy, sizeof(copy));
    text_add(&bytes, "%.*s", (int)(length < sizeof(copy) ? length : sizeof(copy)), text);
    const char *words[4] = {"", "", "", ""};
    size_t lengths[4] = {0, 0, 0, 0};
    const char *rest = copy;
    const char *word = NULL;
    size_t word_length = 0;
    size_t count = 0;
    while (config_next_word(&rest, " \t", &word, &word_length) && count < 5) {
        if (count < 4) {
            words[count] = word;
            lengths[count] = word_length;
        }
        count++;
    }
    bool has_form = !bytes.is_cut && count == 4 && lengths[1] == 1 && *words[1] == '>' &&
                    lengths[3] == 3 && memcmp(words[3], "min", 3) == 0;
    if (!has_form) {
        return error_set(err, ERR_INVALID, "'%s' is not a condition like a > 20 min",
                         copy);
    }
    enum status status =
        find_service(site, words[0], lengths[0], &ret_condition->service, err);
    char digits[8];
    text_init(&bytes, digits, sizeof(digits));
    text_add(&bytes, "%.*s", shown(lengths[2]), words[2]);
    int64_t minutes = 0;
    if (status == OK) {
        status = config_parse_number(digits, 0, HEAD_START_S_MAX / 60, &minutes, err);
    }
    if (status == OK) {
        ret_condition->over_s = (uint32_t)minutes * 60;
    }
    return status;
}

/* "a > 20 min, b > 1 min" */
static enum status parse_when(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    const struct site_draft *draft = value->root;
    struct site_policy *policy =
        policy_of(ret_field, offsetof(struct site_policy, conditions));
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    enum status status = OK;
    while (status == OK && config_next_word(&rest, ",", &word, &length)) {
        if (policy->condition_count == CONDITIONS_MAX) {
            return error_set(err, ERR_LIMIT, "'%.*s…' has more than %d conditions",
                             shown(strlen(value->text)), value->text, CONDITIONS_MAX);
        }
        struct policy_condition *condition = &policy->conditions[policy->condition_count];
        status = parse_condition(&draft->site, word, length, condition, err);
        policy->condition_count += status == OK ? 1U : 0U;
    }
    return status;
}

static enum status parse_rule(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    enum policy_rule rule = policy_rule_find(value->text);
    if (rule == POLICY_RULE_COUNT) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not one of share, longest-wait, order, ratio",
                         value->text);
    }
    memcpy(ret_field, &rule, sizeof(rule));
    return OK;
}

/* The id of a policy; empty is that of the site. */
static enum status parse_policy(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    const struct site_draft *draft = value->root;
    uint32_t policy = 0;
    if (value->text[0] != '\0') {
        uint32_t found = site_find_policy(&draft->site, value->text);
        if (found == SITE_NONE) {
            return error_set(err, ERR_NOT_FOUND, "there is no policy '%s'", value->text);
        }
        policy = found + 1;
    }
    memcpy(ret_field, &policy, sizeof(policy));
    return OK;
}

const struct config_type site_policy_rule_type = {"share, longest-wait, order or ratio",
                                                  parse_rule};
const struct config_type site_policy_order_type = {"ids of services", parse_order};
const struct config_type site_policy_ratio_type = {
    "services and turns like `a:2 b:1`, 1 to 10 each", parse_ratio};
const struct config_type site_policy_when_type = {
    "up to 8 conditions like `a > 20 min, b > 1 min`", parse_when};
const struct config_type site_policy_type = {"id of a policy", parse_policy};

enum status site_draft_find_policy(struct site_draft *draft, const char *file,
                                   struct config_errors *errors)
{
    if (draft->policy_id[0] == '\0') {
        return OK;
    }
    uint32_t policy = site_find_policy(&draft->site, draft->policy_id);
    if (policy == SITE_NONE) {
        struct config_place place = {
            .file = file, .line = draft->policy_line, .section = "site", .key = "policy"};
        config_errors_add(errors, CONFIG_ERROR, &place, "there is no policy '%s'",
                          draft->policy_id);
        return ERR_INVALID;
    }
    draft->site.policy = policy + 1;
    return OK;
}

/* The list of services that the rule needs, and no other. */
void site_draft_finish_policy(const struct config_scope *scope, void *root, void *object)
{
    (void)root;
    struct site_policy *policy = object;
    static const struct {
        const char *key;
        enum policy_rule rule;
    } lists[] = {{"order", POLICY_ORDER}, {"ratio", POLICY_RATIO}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        bool is_given = config_scope_has(scope, lists[i].key);
        if (is_given && policy->rule != lists[i].rule) {
            config_scope_add(scope, CONFIG_ERROR, lists[i].key,
                             "the key has no meaning for rule '%s'",
                             policy_rule_name(policy->rule));
        } else if (policy->rule == lists[i].rule && policy->place_count == 0) {
            config_scope_add(scope, CONFIG_ERROR, lists[i].key,
                             "rule '%s' needs at least one service here",
                             policy_rule_name(policy->rule));
        }
    }
}
