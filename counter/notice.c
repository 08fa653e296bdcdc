/* Refusals in words; see notice.h. */
#include "counter/notice.h"

#include <stddef.h>
#include <string.h>

/* In the sentences {ticket}, {counter} and {state} stand for what the refusal names. */
static const struct {
    const char *code;
    const char *sentence;
} sentences[] = {
    {"day-not-open", tr("The business day is not open.")},
    {"service-unknown", tr("This service does not exist.")},
    {"service-closed", tr("This service is closed.")},
    {"class-unknown", tr("This priority does not exist.")},
    {"counter-unknown", tr("This counter does not exist.")},
    {"counter-closed", tr("The counter is closed: open it first.")},
    {"counter-paused", tr("The counter is on pause: open it first.")},
    {"counter-already", tr("The counter is already {state}.")},
    {"counter-occupied", tr("Ticket {ticket} is at the counter: finish it first.")},
    {"counter-changed",
     tr("The counter has changed since you pressed. Nothing was done.")},
    {"nobody-waiting", tr("Nobody is waiting for this counter.")},
    {"no-ticket", tr("There is no ticket at this counter.")},
    {"ticket-unknown", tr("There is no such ticket today.")},
    {"ticket-state", tr("Ticket {ticket} is {state}.")},
    {"ticket-elsewhere", tr("Ticket {ticket} is at counter {counter}.")},
    {"ticket-service", tr("This counter does not serve ticket {ticket}.")},
    {"choice-not-allowed", tr("This office does not let agents choose a ticket.")},
    {"nothing-to-undo", tr("There is nothing to undo.")},
    {"undo-too-late", tr("It is too late to undo.")},
    {"ticket-limit", tr("No more tickets can be taken today.")},
    {"number-limit", tr("This service has no more numbers today.")},
    {"quota-reached", tr("This service has given all its tickets of today.")},
    {"closing-soon", tr("This service closes before the people who wait are served.")},
    {"call-again", tr("Call ticket {ticket} again before you give the person up.")},
    {"call-too-soon", tr("Ticket {ticket} was called a moment ago.")},
    {"not-taken-back", tr("Ticket {ticket} was absent for too long to come back.")},
    {"reason-needed", tr("Say why ticket {ticket} is called out of turn.")},
    {"sign-in-needed", tr("Sign in to open this counter.")},
    {"agent-elsewhere", tr("This agent is signed in at counter {counter} already.")},
    {"agent-unknown", tr("Number and code do not belong together.")},
    {"sign-in-locked", tr("Too many wrong codes: wait half a minute.")},
    {"topic-unknown", tr("Ticket {ticket} is for another service than this topic.")},
    {"topic-needed", tr("Say what ticket {ticket} was about before it ends.")},
    {"remark-unknown", tr("There is no such remark today.")},
    {"hall-unknown", tr("This hall does not exist.")},
    {"burst", tr("Many tickets were taken at this kiosk at once: confirm this one.")},
    {"not-suspect", tr("Ticket {ticket} is not suspect.")},
    {"left-to-others", tr("Who waits is left to a better placed counter for a moment.")},
    {"not-divisible", tr("Ticket {ticket} has no part for a second ticket.")},
    {"ticket-linked", tr("Ticket {ticket} is linked to another ticket already.")},
    {"ticket-not-linked", tr("Ticket {ticket} is not linked to another ticket.")},
    {"ticket-held",
     tr("Ticket {ticket} waits: the person is at a counter with another ticket.")},
    {"service-already", tr("This service is so already.")},
    {"field", tr("What was typed is not accepted: look at the times and the words.")},
    {"not-exceptional", tr("There is no exceptional mode to end.")},
    {"document-unknown", tr("This service asks for no such document.")},
    {"stale",
     tr("You pressed on a picture from before an interruption. Nothing was done.")},
    {"unavailable", tr("The record cannot be written now. Nothing was done; try again.")},
    {"sender-unknown", tr("This counter does not belong to the office's configuration.")},
};

static const struct {
    const char *state;
    const char *word;
} states[] = {
    {"waiting", tr("waiting")},
    {"called", tr("called")},
    {"serving", tr("being served")},
    {"served", tr("served")},
    {"no-show", tr("absent")},
    {"cancelled", tr("cancelled")},
    {"abandoned", tr("gone")},
    {"closed-at-night", tr("closed at night")},
    {"closed", tr("closed")},
    {"free", tr("free")},
    {"paused", tr("on pause")},
    {"wrapping-up", tr("wrapping up")},
    {"parked", tr("parked")},
    {"void", tr("void")},
    {"kept", tr("kept for the next day")},
};

const char *notice_state(const struct catalogue *catalogue, enum language language,
                         const char *state)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (strcmp(states[i].state, state) == 0) {
            return catalogue_text(catalogue, language, states[i].word);
        }
    }
    return state;
}

/* Append `sentence` with what stands in braces replaced. */
static void fill(struct text *text, const char *sentence,
                 const struct reply_subject *subject, const char *state)
{
    const struct {
        const char *name;
        const char *value;
    } parts[] = {{"{ticket}", subject->ticket},
                 {"{counter}", subject->counter},
                 {"{state}", state}};
    while (*sentence != '\0') {
        size_t length = 1;
        const char *value = NULL;
        for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !value; i++) {
            if (strncmp(sentence, parts[i].name, strlen(parts[i].name)) == 0) {
                length = strlen(parts[i].name);
                value = parts[i].value;
            }
        }
        if (value) {
            text_add_string(text, value);
        } else {
            text_add(text, "%.1s", sentence);
        }
        sentence += length;
    }
}

void notice_text(const struct catalogue *catalogue, enum language language,
                 const char *code, const struct reply_subject *subject, struct text *text)
{
    const char *state = notice_state(catalogue, language, subject->state);
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        if (strcmp(sentences[i].code, code) == 0) {
            fill(text, catalogue_text(catalogue, language, sentences[i].sentence),
                 subject, state);
            return;
        }
    }
    text_add(text, "%s %s",
             catalogue_text(catalogue, language, tr("The server refused this:")), code);
}
