/* The body of a sign-in; see event_body_parts.h. The token is 16 hexadecimal digits. */
#include "journal/event_body_parts.h"

#include <inttypes.h>
#include <string.h>

#define TOKEN_DIGITS 16

void event_encode_sign_in(const struct event_sign_in *event, const struct site *site,
                          struct text *body)
{
    text_add(body, "{\"counter\":\"%s\",\"agent\":\"%016" PRIx64 "\"",
             event_counter_id(site, event->counter), event->agent);
    if (event->profile != 0) {
        text_add(body, ",\"profile\":\"%s\"", site->profiles[event->profile - 1].id);
    }
    text_add_string(body, "}");
}

static uint64_t read_token(struct fields *fields)
{
    static const char digits[] = "0123456789abcdef";
    const char *text = fields_text(fields, "agent");
    uint64_t token = 0;
    bool is_token = strlen(text) == TOKEN_DIGITS && strspn(text, digits) == TOKEN_DIGITS;
    for (; is_token && *text != '\0'; text++) {
        token = token << 4 | (uint64_t)(strchr(digits, *text) - digits);
    }
    if (token == 0) {
        fields_fail(fields, "'agent' is not a token of 16 hexadecimal digits");
    }
    return token;
}

void event_decode_sign_in(struct fields *fields, const struct site *site,
                          struct event_sign_in *ret_event)
{
    ret_event->counter = event_read_counter(fields, site);
    ret_event->agent = read_token(fields);
    if (fields_has(fields, "profile")) {
        const char *id = fields_text(fields, "profile");
        uint32_t profile = site ? site_find_profile(site, id) : SITE_NONE;
        if (profile == SITE_NONE) {
            fields_fail(fields, "the site has no profile '%s'", id);
            return;
        }
        ret_event->profile = profile + 1;
    }
}
