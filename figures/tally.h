/* The counts and samples of one group of contacts: a day, a service, a counter, a quarter
 * of an hour. Everything adds up, so the tally of several groups is their sum; every
 * figure is computed from the sums. docs/statistics.md defines the words. */
#ifndef GUICHET_FIGURES_TALLY_H
#define GUICHET_FIGURES_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/visit.h"
#include "figures/samples.h"

/* Freely chosen times "within T" beside the standards. */
#define WITHIN_MAX 8

/* Waits of `answered` and `lost` contacts against one T. */
struct standard_count {
    uint32_t answered_in_time; /* A_T */
    uint32_t lost_in_time;     /* L_T */
};

/* Quoted against actual wait of answered visits that were quoted one. */
struct quoted_count {
    uint32_t count;
    uint32_t not_given; /* answered visits that were told their position only */
    uint32_t within_p50;
    uint32_t within_p80;
    uint32_t within_p90;
    double error_sum_s; /* quoted mean less actual */
    double absolute_sum_s;
    double square_sum_s2;
};

struct tally {
    uint32_t offered; /* everybody but cancelled and void */
    uint32_t served;
    uint32_t at_counter; /* called or being served now */
    uint32_t waiting;    /* still waiting */
    uint32_t abandoned;
    uint32_t no_show;
    uint32_t closed_at_night;
    uint32_t cancelled; /* beside `offered`, never in it */

    /* Service level: only contacts with a standard whose wait has ended. */
    uint32_t answered;              /* A: served or being served */
    uint32_t lost;                  /* L: abandoned, no-show, closed at night */
    struct standard_count standard; /* T of each contact's own service */
    struct standard_count within[WITHIN_MAX];
    uint32_t target_percent_sum; /* of the standards' X over answered + lost */

    struct samples waits;    /* arrival to call, of answered contacts */
    struct samples walks;    /* call to start, where start was pressed */
    struct samples services; /* start to finish, where both were pressed */
    struct quoted_count quoted;
};

/* The named formulas of the share in time (docs/statistics.md, "Service level"). */
enum share_formula {
    SHARE_F1, /* (A_T + L_T) / (A + L): leavers in time count as successes */
    SHARE_F2, /* A_T / A: leavers are ignored */
    SHARE_F3, /* A_T / (A + L): served in T ÷ offered; the default */
    SHARE_F4, /* A_T / (A + L - L_T): early leavers are ignored */
    SHARE_FORMULA_COUNT
};

/* "F1" to "F4". */
const char *share_formula_name(enum share_formula formula);

/* Numerator and denominator; the share is not defined where `of` is 0. */
struct share {
    uint32_t part;
    uint32_t of;
};

/* Times that the caller wants shares for. */
struct within {
    uint32_t count; /* at most WITHIN_MAX */
    uint32_t seconds[WITHIN_MAX];
};

/* What one visit or contact is measured against. */
struct measure {
    bool has_standard;
    uint32_t standard_wait_s;
    uint32_t standard_share_percent;
    const struct within *within;
};

/* Free the samples. */
void tally_finish(struct tally *tally);

/* Count one visit; void visits (tests, replaced numbers) are left out. */
enum status tally_add_visit(struct tally *tally, const struct visit_record *visit,
                            const struct measure *measure, struct error *err);

/* Count one contact of another channel. Where the answer was not measured it counts as
 * served but not in the service level. */
enum status tally_add_contact(struct tally *tally, const struct contact_record *contact,
                              const struct measure *measure, struct error *err);

/* Add `from` to `tally`. */
enum status tally_merge(struct tally *tally, const struct tally *from, struct error *err);

/* The share within the standard of each contact's service. */
struct share tally_standard_share(const struct tally *tally, enum share_formula formula);

/* The share within within->seconds[index]. */
struct share tally_within_share(const struct tally *tally, uint32_t index,
                                enum share_formula formula);

/* The share of A_T, L_T, A and L. */
struct share share_of(const struct standard_count *in_time, uint32_t answered,
                      uint32_t lost, enum share_formula formula);

/* In percent, 0 to 100; 0 where it is not defined. */
double share_percent(struct share share);

/* Whether an outcome counts as lost: the person was offered service and got none. */
bool tally_state_is_lost(enum ticket_state state);

/* Whether the person is or was in front of an agent. */
bool tally_state_is_answered(enum ticket_state state);

#endif
