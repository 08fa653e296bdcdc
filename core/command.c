/* Names of verbs and clock modes; see command.h. */
#include "core/command.h"

#include <assert.h>

#include "core/names.h"

static const char *const verb_names[] = {
    [VERB_TAKE] = "take",
    [VERB_CANCEL] = "cancel",
    [VERB_ABANDON] = "abandon",
    [VERB_PRINTED] = "printed",
    [VERB_CALL_NEXT] = "call-next",
    [VERB_PRESS] = "press",
    [VERB_CALL] = "call",
    [VERB_RECALL] = "recall",
    [VERB_START] = "start",
    [VERB_FINISH] = "finish",
    [VERB_NO_SHOW] = "no-show",
    [VERB_UNDO] = "undo",
    [VERB_OPEN] = "open",
    [VERB_PAUSE] = "pause",
    [VERB_CLOSE] = "close",
    [VERB_CONTACT] = "contact",
    [VERB_START_EPOCH] = "start-epoch",
    [VERB_SET_CLOCK] = "set-clock",
    [VERB_CONFIGURE] = "configure",
    [VERB_OPEN_DAY] = "open-day",
    [VERB_CLOSE_DAY] = "close-day",
    [VERB_OPEN_SERVICE] = "open-service",
    [VERB_CLOSE_SERVICE] = "close-service",
    [VERB_READMIT] = "readmit",
    [VERB_TRANSFER] = "transfer",
    [VERB_PARK] = "park",
    [VERB_RESUME] = "resume",
    [VERB_REQUALIFY] = "requalify",
    [VERB_ASK_HELP] = "ask-help",
    [VERB_END_HELP] = "end-help",
    [VERB_NOTE] = "note",
    [VERB_SIGN_IN] = "sign-in",
    [VERB_WALK_IN] = "walk-in",
    [VERB_REMARK] = "remark",
    [VERB_WITHDRAW_REMARK] = "withdraw-remark",
    [VERB_CORRECT] = "correct",
    [VERB_SETTLE] = "settle",
    [VERB_MOVE] = "move",
    [VERB_MESSAGE] = "message",
    [VERB_SET_QUOTA] = "set-quota",
    [VERB_HOURS_TODAY] = "hours-today",
    [VERB_EXCEPTIONAL] = "exceptional",
    [VERB_HAND_OVER] = "hand-over",
    [VERB_SPLIT] = "split",
    [VERB_LINK] = "link",
    [VERB_UNLINK] = "unlink",
    [VERB_SWEEP] = "sweep",
    [VERB_TRUST] = "trust",
    [VERB_TURNED_AWAY] = "turned-away",
    [VERB_SEND_HOME] = "send-home",
};
static_assert(sizeof(verb_names) / sizeof(verb_names[0]) == VERB_COUNT,
              "every verb has a name");

static const char *const clock_names[] = {
    [CLOCK_REAL] = "real",
    [CLOCK_SCALED] = "scaled",
    [CLOCK_STEPPED] = "stepped",
    [CLOCK_REPLAY] = "replay",
};
static_assert(sizeof(clock_names) / sizeof(clock_names[0]) == CLOCK_MODE_COUNT,
              "every clock mode has a name");

const char *verb_name(enum verb verb)
{
    assert(verb < VERB_COUNT);
    return verb_names[verb];
}

enum verb verb_find(const char *name)
{
    return (enum verb)names_find(verb_names, VERB_COUNT, name);
}

const char *clock_mode_name(enum clock_mode mode)
{
    assert(mode < CLOCK_MODE_COUNT);
    return clock_names[mode];
}

enum clock_mode clock_mode_find(const char *name)
{
    return (enum clock_mode)names_find(clock_names, CLOCK_MODE_COUNT, name);
}
