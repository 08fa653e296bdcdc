/* Reads the day language (README.md): a text file whose lines say what people do in a
 * hall and what must be seen then. It knows nothing of how the hall is made. */
#ifndef GUICHET_TESTS_SCENARIO_SCRIPT_H
#define GUICHET_TESTS_SCENARIO_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"
#include "core/limits.h"

enum step_kind {
    STEP_SITE,   /* word: name of a site file; the first, or the new configuration */
    STEP_DATE,   /* date: of the clock times that follow */
    STEP_TAKE,   /* service, class (word, may be empty), is_at_kiosk, number of tickets */
    STEP_TICKET, /* verb on ticket: cancel, abandon, printed (print), resume, requalify
                    (service or class word), split (number or service), link
                    (other_ticket), unlink */
    STEP_COUNTER,  /* verb at counter; ticket for VERB_CALL; service, other, number (of
                      minutes) and comes_back for VERB_TRANSFER; number for VERB_PARK;
                      topic word and document other for VERB_NOTE */
    STEP_TOGETHER, /* counter and other call next on what both saw before */
    STEP_SERVICE,  /* verb on service */
    STEP_SIGN_IN,  /* agent number at counter; is_wrong: with a wrong code */
    STEP_LINE, /* sweep, or verb on who waits for service (all where it is empty): settle
                  as word, or move to to_service */
    STEP_MESSAGE, /* word: the screens say it; empty: nothing any more; number of minutes,
                     0: until it is cleared */
    STEP_TODAY,   /* verb on service: number of tickets, or of minutes from now on */
    STEP_EXCEPTIONAL, /* begins for number minutes with service first (may be empty) and
                         word on the screens; number 0: ends */
    STEP_REMARK,      /* word on the last number minutes; verb: withdraw number */
    STEP_OUTSIDE,     /* a supervisor's verb on counter; other for VERB_HAND_OVER */
    STEP_CLOSE_DAY,
    STEP_RESTART,     /* the server stops and comes back from its journal */
    STEP_WAIT,        /* nothing but the time */
    EXPECT_TICKET,    /* the last reply names ticket */
    EXPECT_AHEAD,     /* the last ticket taken had number people ahead */
    EXPECT_REFUSED,   /* the last command was refused with code word */
    EXPECT_STATE,     /* ticket is in state word, at counter if that is given */
    EXPECT_WAITING,   /* number wait for service */
    EXPECT_LIGHT,     /* counter shows light word */
    EXPECT_COUNTER,   /* counter is in state word, with ticket if that is given */
    EXPECT_NEXT,      /* ticket would be called next at counter; none if it is empty */
    EXPECT_CALLED,    /* ticket was called number times, recalls included */
    EXPECT_ANNOUNCED, /* newest announcement: ticket at counter; or the newest two */
    EXPECT_RECALLED,  /* newest announcement is a recall of ticket at counter */
    EXPECT_SEATED,    /* newest announcement lets ticket stay seated */
    EXPECT_COUNT,     /* number of today's tickets are in state word */
    EXPECT_WAIT,      /* ticket waited number s until its call */
    EXPECT_SERVICE,   /* ticket was served for number s */
    EXPECT_DAY,       /* the business day is date; 0: none is open */
    EXPECT_ABOUT,     /* ticket's service was about topic word; nothing if it is empty */
    EXPECT_MESSAGE,   /* the screens say word; empty: nothing */
    EXPECT_LACKS,     /* the ticket at counter came without document lacks */
    EXPECT_REMARKS,   /* number of remarks stand; the newest says word, if given */
    STEP_KIND_COUNT
};

/* When a step happens. */
enum moment {
    MOMENT_NOW,   /* right after the step before */
    MOMENT_CLOCK, /* when the clock on the wall shows time_ms after midnight */
    MOMENT_LATER  /* time_ms after the step before */
};

struct step {
    enum step_kind kind;
    enum moment moment;
    enum verb verb;
    enum print_state print;
    uint32_t line; /* of the file, from 1 */
    uint32_t number;
    uint32_t date; /* yyyymmdd */
    int64_t time_ms;
    bool is_twice;
    bool is_at_kiosk;
    bool comes_back;
    bool is_wrong;
    bool is_confirmed; /* the kiosk asked whether one more is wanted */
    bool is_english;   /* whoever takes the ticket speaks English; else French */
    bool is_test;      /* it never counts */
    bool is_basket;    /* one ticket for number times service, then once another */
    char others[LETTER_LENGTH_MAX + 1]; /* that other's letter */
    char counter[ID_LENGTH_MAX + 1];
    char other[ID_LENGTH_MAX + 1];
    char lacks[ID_LENGTH_MAX + 1]; /* a document */
    char ticket[LABEL_LENGTH_MAX + 1];
    char other_ticket[LABEL_LENGTH_MAX + 1];
    char service[LETTER_LENGTH_MAX + 1]; /* its letter */
    char word[ID_LENGTH_MAX + 1];
    char to_service[LETTER_LENGTH_MAX + 1]; /* its letter */
};

struct script {
    struct step *steps;
    size_t count;
};

/* Read the script at `path`; the caller finishes it. ERR_IO when it cannot be read,
 * ERR_INVALID with "line 12: …" for a line that is none of the language. */
enum status script_read(const char *path, struct script *ret_script, struct error *err);
void script_finish(struct script *script);

/* Whether the step only looks. */
bool step_is_expectation(enum step_kind kind);

/* Print every sentence of the language, one a line; README.md lists them, and a test
 * compares. */
void script_print_sentences(void);

#endif
