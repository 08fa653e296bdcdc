/* Who may send which verb with which fields: the table of docs/protocol.md. Writing and
 * reading a command both follow it. Used by codec_command.c and codec_supervise.c. */
#ifndef GUICHET_RUNTIME_CODEC_RULES_H
#define GUICHET_RUNTIME_CODEC_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/documents.h"

/* Fields that a verb may have, a bit of a set each. */
#define FIELD_SERVICE  (UINT64_C(1) << 0)
#define FIELD_CLASS    (UINT64_C(1) << 1)
#define FIELD_LANGUAGE (UINT64_C(1) << 2)
#define FIELD_TICKET   (UINT64_C(1) << 3)
#define FIELD_PRINT    (UINT64_C(1) << 4) /* result and copy */
#define FIELD_PAUSE    (UINT64_C(1) << 5) /* reason and back_at, both may be left out */
/* channel, received_at, answered_at, ended_at, outcome */
#define FIELD_CONTACT (UINT64_C(1) << 6)
#define FIELD_SECONDS (UINT64_C(1) << 7)
/* service, to, after_s, comes_back; all may be left out */
#define FIELD_TRANSFER  (UINT64_C(1) << 8)
#define FIELD_QUALIFY   (UINT64_C(1) << 9)  /* service, class; one of them */
#define FIELD_OTHER     (UINT64_C(1) << 10) /* other: a ticket */
#define FIELD_SPLIT     (UINT64_C(1) << 11) /* service, quantity; both may be left out */
#define FIELD_CONFIRMED (UINT64_C(1) << 12) /* confirmed, may be left out */
#define FIELD_TURNED    (UINT64_C(1) << 13) /* reason, count */
#define FIELD_TEST      (UINT64_C(1) << 14) /* test, may be left out */
#define FIELD_ASKED     (UINT64_C(1) << 15) /* quantity, further; both may be left out */
#define FIELD_REASON    (UINT64_C(1) << 16) /* may be left out */
#define FIELD_SIGN_IN   (UINT64_C(1) << 17) /* agent, code */
/* topic, missing, complete; all may be left out */
#define FIELD_MATTER (UINT64_C(1) << 18)
#define FIELD_LACKS  (UINT64_C(1) << 19) /* lacks: documents; may be left out */

/* Those of what supervisors ask for (codec_supervise.c). */
/* text, from, until; service may be left out */
#define FIELD_REMARK        (UINT64_C(1) << 20)
#define FIELD_REMARK_NUMBER (UINT64_C(1) << 21) /* remark */
#define FIELD_OUTCOME       (UINT64_C(1) << 22) /* outcome, reason */
#define FIELD_LINE          (UINT64_C(1) << 23) /* service, may be left out */
#define FIELD_TO_SERVICE    (UINT64_C(1) << 24) /* to: a service */
#define FIELD_HALL          (UINT64_C(1) << 25) /* hall, may be left out */
#define FIELD_TICKETS       (UINT64_C(1) << 26) /* tickets */
#define FIELD_COUNTER       (UINT64_C(1) << 27) /* counter */
#define FIELD_TO_COUNTER    (UINT64_C(1) << 28) /* to: a counter */
#define FIELD_ON            (UINT64_C(1) << 29) /* on */
#define FIELD_UNTIL         (UINT64_C(1) << 30) /* until */
#define FIELD_WORDS         (UINT64_C(1) << 31) /* fr, en, until; each may be left out */

struct verb_rule {
    const char *name;
    enum action action;
    enum verb verb;
    unsigned senders; /* bits 1 << sender */
    uint64_t fields;
};

/* The rule of a command of this sender; a supervisor names the counter that an agent's
 * device is. NULL for what it may not send, or is no command (VERB_CONFIGURE). */
const struct verb_rule *verb_rule_find(enum sender sender, enum action action,
                                       enum verb verb);

/* The rule of the verb of this name for this sender, or NULL; `*ret_is_known` says
 * whether anybody may send a verb of that name. */
const struct verb_rule *verb_rule_read(const char *name, enum sender sender,
                                       bool *ret_is_known);

#endif
