/* See errand.h. */
#include "kiosk/errand.h"

#include <assert.h>
#include <string.h>

#include "core/limits.h"
#include "core/text.h"

/* A list that is full has lost its way to the server for longer than any report is worth
 * keeping; the oldest that is not on its way makes room. */
void errand_add(struct visit *visit, const struct errand *errand)
{
    if (visit->errand_count == VISIT_ERRANDS_MAX) {
        memmove(&visit->errands[1], &visit->errands[2],
                (VISIT_ERRANDS_MAX - 2) * sizeof(visit->errands[0]));
        visit->errand_count--;
    }
    visit->errands[visit->errand_count] = *errand;
    visit->errand_count++;
}

void errand_add_cancel(struct visit *visit, const char *ticket)
{
    struct errand errand = {.verb = VERB_CANCEL};
    (void)text_copy(errand.ticket, sizeof(errand.ticket), ticket); /* same size */
    errand_add(visit, &errand);
}

void errand_end(struct visit *visit)
{
    assert(visit->errand_count > 0);
    visit->errand_is_sent = false;
    visit->errand_count--;
    memmove(&visit->errands[0], &visit->errands[1],
            visit->errand_count * sizeof(visit->errands[0]));
}

void errand_fill(struct visit *visit, struct command_document *command)
{
    assert(visit->errand_count > 0 && !visit->errand_is_sent);
    const struct errand *errand = &visit->errands[0];
    command->verb = errand->verb;
    command->print = errand->print;
    command->turned = errand->turned.reason;
    command->number = errand->turned.count;
    (void)text_copy(command->ticket, sizeof(command->ticket), errand->ticket);
    (void)text_copy(command->service, sizeof(command->service), errand->turned.service);
    visit->errand_is_sent = true;
}

/* ---- People who got no ticket ---- */

static void add_turned(struct visit *visit, const struct turned_away *people,
                       int64_t now_ms)
{
    size_t i = 0;
    while (i < visit->turned_count &&
           (strcmp(visit->turned[i].service, people->service) != 0 ||
            visit->turned[i].reason != people->reason)) {
        i++;
    }
    if (i == VISIT_TURNED_MAX) {
        return;
    }
    if (i == visit->turned_count) {
        visit->turned[i] = *people;
        visit->turned_count++;
    } else {
        uint32_t count = visit->turned[i].count + people->count;
        visit->turned[i].count = count > TURNED_AWAY_MAX ? TURNED_AWAY_MAX : count;
    }
    if (visit->turned_due_ms == 0) {
        visit->turned_due_ms = now_ms + VISIT_TURNED_AFTER_MS;
    }
}

void visit_refuse(struct visit *visit, int target, int64_t now_ms)
{
    visit->touched_at_ms = now_ms;
    int index = target - TOUCH_SERVICE;
    if (visit->page != PAGE_SERVICES || index < 0 ||
        index >= (int)visit->site.service_count) {
        return;
    }
    const struct service_document *service = visit_service(visit, (uint32_t)index);
    bool is_same = visit->turned_at_ms != 0 && visit->turned_last == (uint32_t)index &&
                   now_ms - visit->turned_at_ms < VISIT_TURNED_PERSON_MS;
    visit->turned_last = (uint32_t)index;
    visit->turned_at_ms = now_ms;
    if (!service || is_same) {
        return;
    }
    struct turned_away people = {.reason = TURNED_CLOSED, .count = 1};
    if (service->is_open) {
        people.reason =
            service->limit == SERVICE_LIMIT_FULL ? TURNED_FULL : TURNED_CLOSING;
    }
    (void)text_copy(people.service, sizeof(people.service), service->id); /* same size */
    add_turned(visit, &people, now_ms);
}

void errand_add_turned(struct visit *visit, int64_t now_ms)
{
    if (visit->turned_due_ms == 0 || now_ms < visit->turned_due_ms ||
        visit->errand_count > 0) {
        return;
    }
    assert(visit->turned_count > 0);
    visit->turned_count--;
    struct errand errand = {.verb = VERB_TURNED_AWAY,
                            .turned = visit->turned[visit->turned_count]};
    errand_add(visit, &errand);
    if (visit->turned_count == 0) {
        visit->turned_due_ms = 0;
    }
}

void errand_answered(struct visit *visit, const struct reply_document *reply,
                     int64_t now_ms)
{
    assert(visit->errand_count > 0);
    struct errand errand = visit->errands[0];
    errand_end(visit);
    if (errand.verb == VERB_TURNED_AWAY && !reply->is_ok &&
        site_find_service(&visit->site, errand.turned.service) != SITE_NONE) {
        add_turned(visit, &errand.turned, now_ms);
    } else {
        errand_add_turned(visit, now_ms);
    }
}
