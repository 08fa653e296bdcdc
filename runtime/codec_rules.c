/* See codec_rules.h. */
#include "runtime/codec_rules.h"

#include <stddef.h>
#include <string.h>

#define BY(sender) (1U << SENDER_##sender)
#define AT_POSTS   (BY(RECEPTION) | BY(SUPERVISOR))
#define IN_CHARGE  (BY(ADMIN) | BY(SUPERVISOR))

/* The table of docs/protocol.md, in its order. */
static const struct verb_rule rules[] = {
    {"take", ACTION_QUEUE, VERB_TAKE, BY(KIOSK),
     FIELD_SERVICE | FIELD_CLASS | FIELD_LANGUAGE | FIELD_ASKED | FIELD_CONFIRMED},
    {"take", ACTION_QUEUE, VERB_TAKE, BY(ADMIN) | AT_POSTS,
     FIELD_SERVICE | FIELD_CLASS | FIELD_LANGUAGE | FIELD_ASKED | FIELD_TEST |
         FIELD_LACKS},
    {"send-home", ACTION_QUEUE, VERB_SEND_HOME, AT_POSTS, FIELD_SERVICE | FIELD_LACKS},
    {"cancel", ACTION_QUEUE, VERB_CANCEL, BY(KIOSK) | BY(COUNTER) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET},
    {"abandon", ACTION_QUEUE, VERB_ABANDON, BY(COUNTER) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET},
    {"readmit", ACTION_QUEUE, VERB_READMIT,
     BY(KIOSK) | BY(COUNTER) | BY(SOURCE) | BY(ADMIN) | AT_POSTS, FIELD_TICKET},
    {"printed", ACTION_QUEUE, VERB_PRINTED, BY(KIOSK) | AT_POSTS,
     FIELD_TICKET | FIELD_PRINT},
    {"call-next", ACTION_QUEUE, VERB_CALL_NEXT, BY(COUNTER), 0},
    {"press", ACTION_QUEUE, VERB_PRESS, BY(BUTTON), 0},
    {"call", ACTION_QUEUE, VERB_CALL, BY(COUNTER), FIELD_TICKET | FIELD_REASON},
    {"recall", ACTION_QUEUE, VERB_RECALL, BY(COUNTER), 0},
    {"start", ACTION_QUEUE, VERB_START, BY(COUNTER), 0},
    {"finish", ACTION_QUEUE, VERB_FINISH, BY(COUNTER), 0},
    {"no-show", ACTION_QUEUE, VERB_NO_SHOW, BY(COUNTER), 0},
    {"undo", ACTION_QUEUE, VERB_UNDO, BY(COUNTER), 0},
    {"open", ACTION_QUEUE, VERB_OPEN, BY(COUNTER), 0},
    {"close", ACTION_QUEUE, VERB_CLOSE, BY(COUNTER), 0},
    {"pause", ACTION_QUEUE, VERB_PAUSE, BY(COUNTER), FIELD_PAUSE},
    {"transfer", ACTION_QUEUE, VERB_TRANSFER, BY(COUNTER), FIELD_TRANSFER},
    {"park", ACTION_QUEUE, VERB_PARK, BY(COUNTER), FIELD_PAUSE},
    {"resume", ACTION_QUEUE, VERB_RESUME, BY(COUNTER) | BY(SOURCE) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET},
    {"requalify", ACTION_QUEUE, VERB_REQUALIFY,
     BY(COUNTER) | BY(SOURCE) | BY(ADMIN) | AT_POSTS, FIELD_TICKET | FIELD_QUALIFY},
    {"ask-help", ACTION_QUEUE, VERB_ASK_HELP, BY(COUNTER), 0},
    {"end-help", ACTION_QUEUE, VERB_END_HELP, BY(COUNTER), 0},
    {"walk-in", ACTION_QUEUE, VERB_WALK_IN, BY(COUNTER),
     FIELD_SERVICE | FIELD_CLASS | FIELD_LANGUAGE},
    {"sign-in", ACTION_QUEUE, VERB_SIGN_IN, BY(COUNTER), FIELD_SIGN_IN},
    {"note", ACTION_QUEUE, VERB_NOTE, BY(COUNTER), FIELD_MATTER},
    {"contact", ACTION_QUEUE, VERB_CONTACT,
     BY(SOURCE) | BY(COUNTER) | BY(ADMIN) | AT_POSTS, FIELD_SERVICE | FIELD_CONTACT},
    {"open-service", ACTION_QUEUE, VERB_OPEN_SERVICE, IN_CHARGE, FIELD_SERVICE},
    {"close-service", ACTION_QUEUE, VERB_CLOSE_SERVICE, IN_CHARGE, FIELD_SERVICE},
    {"remark", ACTION_QUEUE, VERB_REMARK, IN_CHARGE, FIELD_REMARK},
    {"withdraw-remark", ACTION_QUEUE, VERB_WITHDRAW_REMARK, IN_CHARGE,
     FIELD_REMARK_NUMBER},
    {"correct", ACTION_QUEUE, VERB_CORRECT, IN_CHARGE, FIELD_TICKET | FIELD_OUTCOME},
    {"settle", ACTION_QUEUE, VERB_SETTLE, IN_CHARGE, FIELD_LINE | FIELD_OUTCOME},
    {"move", ACTION_QUEUE, VERB_MOVE, IN_CHARGE, FIELD_SERVICE | FIELD_TO_SERVICE},
    {"message", ACTION_QUEUE, VERB_MESSAGE, IN_CHARGE, FIELD_HALL | FIELD_WORDS},
    {"set-quota", ACTION_QUEUE, VERB_SET_QUOTA, IN_CHARGE, FIELD_SERVICE | FIELD_TICKETS},
    {"hours-today", ACTION_QUEUE, VERB_HOURS_TODAY, IN_CHARGE,
     FIELD_SERVICE | FIELD_UNTIL},
    {"exceptional", ACTION_QUEUE, VERB_EXCEPTIONAL, IN_CHARGE,
     FIELD_ON | FIELD_LINE | FIELD_WORDS},
    {"open-counter", ACTION_QUEUE, VERB_OPEN, IN_CHARGE, FIELD_COUNTER},
    {"close-counter", ACTION_QUEUE, VERB_CLOSE, IN_CHARGE, FIELD_COUNTER},
    {"hand-over", ACTION_QUEUE, VERB_HAND_OVER, BY(COUNTER), FIELD_TO_COUNTER},
    {"hand-over", ACTION_QUEUE, VERB_HAND_OVER, IN_CHARGE,
     FIELD_COUNTER | FIELD_TO_COUNTER},
    {"close-day", ACTION_QUEUE, VERB_CLOSE_DAY, IN_CHARGE, 0},
    {"split", ACTION_QUEUE, VERB_SPLIT, BY(COUNTER) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET | FIELD_SPLIT},
    {"link", ACTION_QUEUE, VERB_LINK, BY(COUNTER) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET | FIELD_OTHER},
    {"unlink", ACTION_QUEUE, VERB_UNLINK, BY(COUNTER) | BY(ADMIN) | AT_POSTS,
     FIELD_TICKET},
    {"sweep", ACTION_QUEUE, VERB_SWEEP, BY(COUNTER) | BY(ADMIN) | AT_POSTS, 0},
    {"trust", ACTION_QUEUE, VERB_TRUST, BY(COUNTER) | BY(ADMIN) | AT_POSTS, FIELD_TICKET},
    {"turned-away", ACTION_QUEUE, VERB_TURNED_AWAY, BY(KIOSK) | BY(ADMIN) | AT_POSTS,
     FIELD_SERVICE | FIELD_TURNED},
    {"status", ACTION_STATUS, VERB_COUNT, BY(ADMIN), 0},
    {"find", ACTION_FIND, VERB_COUNT, BY(COUNTER) | BY(ADMIN) | AT_POSTS, FIELD_TICKET},
    {"step-clock", ACTION_STEP_CLOCK, VERB_COUNT, BY(ADMIN), FIELD_SECONDS},
};
#define RULE_COUNT (sizeof(rules) / sizeof(rules[0]))

const struct verb_rule *verb_rule_find(enum sender sender, enum action action,
                                       enum verb verb)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bool is_same = rules[i].action == action &&
                       (action != ACTION_QUEUE || rules[i].verb == verb);
        if (is_same && (rules[i].senders >> sender & 1U) != 0) {
            return &rules[i];
        }
    }
    return NULL;
}

const struct verb_rule *verb_rule_read(const char *name, enum sender sender,
                                       bool *ret_is_known)
{
    *ret_is_known = false;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bool is_named = strcmp(rules[i].name, name) == 0;
        if (is_named && (rules[i].senders >> sender & 1U) != 0) {
            *ret_is_known = true;
            return &rules[i];
        }
        *ret_is_known = *ret_is_known || is_named;
    }
    return NULL;
}
