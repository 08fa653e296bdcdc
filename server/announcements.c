/* Calls that boards carry; see announcements.h. */
#include "server/announcements.h"

#include <assert.h>
#include <string.h>

void announcements_clear(struct announcements *announcements)
{
    memset(announcements, 0, sizeof(*announcements));
}

static struct announcement *call_at(struct hall_calls *calls, uint32_t index)
{
    assert(index < calls->count);
    return &calls->ring[(calls->first + index) % ANNOUNCEMENTS_MAX];
}

static void add_call(struct hall_calls *calls, const struct announcement *announcement)
{
    if (calls->count == ANNOUNCEMENTS_MAX) {
        calls->first = (calls->first + 1) % ANNOUNCEMENTS_MAX;
        calls->count--;
    }
    calls->count++;
    *call_at(calls, calls->count - 1) = *announcement;
}

/* Take off the calls of a ticket that waits again because its call was undone. */
static void remove_calls(struct hall_calls *calls, uint32_t ticket)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < calls->count; i++) {
        struct announcement *announcement = call_at(calls, i);
        if (announcement->ticket != ticket) {
            *call_at(calls, kept) = *announcement;
            kept++;
        }
    }
    calls->count = kept;
}

static void note_undone(struct announcements *announcements, const struct queue *queue,
                        const struct event_undone *undone)
{
    uint32_t hall = queue_site(queue)->counters[undone->counter].hall;
    for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &undone->tickets[i];
        if (before->ticket != TICKET_NONE && before->state == TICKET_WAITING) {
            remove_calls(&announcements->halls[hall], before->ticket);
        }
    }
}

static void note_waits_again(struct announcements *announcements,
                             const struct queue *queue, uint32_t ticket)
{
    for (uint32_t hall = 0; hall < queue_site(queue)->hall_count; hall++) {
        remove_calls(&announcements->halls[hall], ticket);
    }
}

void announcements_note(struct announcements *announcements, const struct queue *queue,
                        const struct event *event, int64_t machine_ms)
{
    if (event->kind == EVENT_DAY_OPENED || event->kind == EVENT_SITE_CONFIGURED) {
        announcements_clear(announcements); /* a new site may number its counters anew */
    } else if (event->kind == EVENT_PRESS_UNDONE) {
        note_undone(announcements, queue, &event->undone);
    } else if (event->kind == EVENT_TICKET_CALLED && event->ticket.rule == CALL_WALK_IN) {
        return; /* the person stands at the counter */
    } else if (event->kind == EVENT_TICKET_CALLED ||
               event->kind == EVENT_TICKET_RECALLED) {
        uint32_t counter = event->ticket.counter;
        uint32_t hall = queue_site(queue)->counters[counter].hall;
        assert(hall < HALLS_MAX);
        add_call(&announcements->halls[hall],
                 &(struct announcement){.call = event->seq,
                                        .is_recall = event->kind == EVENT_TICKET_RECALLED,
                                        .ticket = event->ticket.ticket,
                                        .counter = counter,
                                        .machine_ms = machine_ms});
    } else if (event->kind == EVENT_TICKET_READMITTED) {
        note_waits_again(announcements, queue, event->ticket.ticket);
    } else if (event->kind == EVENT_TICKET_TRANSFERRED) {
        note_waits_again(announcements, queue, event->transfer.ticket);
    }
}

size_t announcements_current(const struct announcements *announcements, uint32_t hall,
                             int64_t machine_ms,
                             const struct announcement *ret_calls[ANNOUNCEMENTS_MAX])
{
    assert(hall < HALLS_MAX);
    const struct hall_calls *calls = &announcements->halls[hall];
    size_t count = 0;
    for (uint32_t i = 0; i < calls->count; i++) {
        const struct announcement *announcement =
            &calls->ring[(calls->first + i) % ANNOUNCEMENTS_MAX];
        bool is_recent = machine_ms - announcement->machine_ms <= ANNOUNCED_WITHIN_MS;
        if (is_recent || calls->count - i <= ANNOUNCEMENTS_MIN) {
            ret_calls[count] = announcement;
            count++;
        }
    }
    return count;
}
