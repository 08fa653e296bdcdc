/* The sample pages; see sample_pages.h. */
#include "sample_pages.h"

#include "core/text.h"
#include "kiosk_fixture.h"

#define SOON_MS (START_MS + 1000)

static void services(struct visit *visit)
{
    (void)visit;
}

static void many_services(struct visit *visit)
{
    fixture_start(visit, fixture_large_site(64), true);
}

static void seven_services(struct visit *visit)
{
    fixture_start(visit, fixture_large_site(7), true);
}

static void few_services(struct visit *visit)
{
    fixture_start(visit, fixture_large_site(2), true);
}

static void all_closed(struct visit *visit)
{
    for (size_t i = 0; i < visit->service_count; i++) {
        visit->services[i].is_open = false;
    }
}

static void priority(struct visit *visit)
{
    (void)visit_touch(visit, TOUCH_PRIORITY, START_MS);
}

static void limits(struct visit *visit)
{
    visit->services[0].limit = SERVICE_LIMIT_LATE;
    visit->services[1].limit = SERVICE_LIMIT_FULL;
    visit->services[2].limit = SERVICE_LIMIT_CLOSING;
}

static void chosen(struct visit *visit)
{
    priority(visit);
    (void)visit_touch(visit, TOUCH_CLASS + 2, START_MS);
}

static void ticket(struct visit *visit)
{
    (void)fixture_take(visit, REGISTRATION, "A042", START_MS);
}

static void ticket_printed(struct visit *visit)
{
    ticket(visit);
    (void)visit_printed(visit, "A042", PRINT_PRINTED);
}

static void ticket_failed(struct visit *visit)
{
    chosen(visit);
    ticket(visit);
    (void)visit_printed(visit, "A042", PRINT_FAILED);
}

static void ticket_position(struct visit *visit)
{
    visit->options.has_printer = false;
    ticket(visit);
    visit->ticket.wait = (struct wait_range){0};
}

static void ticket_widest(struct visit *visit)
{
    fixture_start(visit, fixture_large_site(64), true);
    (void)fixture_take(visit, 1, "MWM9999", START_MS);
}

static void another(struct visit *visit)
{
    ticket(visit);
    (void)visit_touch(visit, TOUCH_BACK, START_MS);
    (void)visit_touch(visit, TOUCH_SERVICE + LICENCE, START_MS);
}

static void burst(struct visit *visit)
{
    struct command_document command;
    static struct reply_document reply; /* large */
    fixture_start(visit, fixture_site(), true);
    (void)visit_touch(visit, TOUCH_SERVICE + LICENCE, START_MS);
    (void)visit_next_command(visit, &command); /* there is one */
    fixture_refusal("burst", &reply);
    (void)visit_answered(visit, &reply, START_MS);
}

static void sure(struct visit *visit)
{
    ticket_printed(visit);
    (void)visit_touch(visit, TOUCH_CANCEL, START_MS);
}

static void answer_cancel(struct visit *visit, const struct reply_document *reply)
{
    struct command_document command;
    sure(visit);
    visit->errand_count = 0;
    (void)visit_touch(visit, TOUCH_YES, START_MS);
    (void)visit_next_command(visit, &command); /* it is the cancellation */
    (void)visit_answered(visit, reply, START_MS);
}

static void cancelled(struct visit *visit)
{
    static const struct reply_document reply = {.is_ok = true};
    answer_cancel(visit, &reply);
}

static void not_cancelled(struct visit *visit)
{
    static const struct reply_document reply = {.code = "ticket-state"};
    answer_cancel(visit, &reply);
}

/* A site that offers several services for one ticket. */
static void offers(struct visit *visit)
{
    visit->site.services_per_visit = 3;
}

static void offers_chosen(struct visit *visit)
{
    offers(visit);
    chosen(visit);
}

static void several(struct visit *visit)
{
    offers(visit);
    (void)visit_touch(visit, TOUCH_SEVERAL, START_MS);
    for (int i = 0; i < 3; i++) {
        (void)visit_touch(visit, TOUCH_MORE + REGISTRATION, START_MS);
    }
    (void)visit_touch(visit, TOUCH_MORE + LICENCE, START_MS);
}

static void several_many(struct visit *visit)
{
    fixture_start(visit, fixture_large_site(64), true);
    several(visit);
}

static void ticket_several(struct visit *visit)
{
    ticket(visit);
    visit->ticket.asked.quantity = 3;
    visit->ticket.asked.further_count = 1;
    (void)text_copy(visit->ticket.asked.further[0].service, ID_LENGTH_MAX + 1,
                    visit->site.services[LICENCE].id); /* same size */
}

static void refused(struct visit *visit)
{
    static const struct reply_document reply = {.code = "ticket-limit"};
    struct command_document command;
    (void)visit_touch(visit, TOUCH_SERVICE, START_MS);
    (void)visit_next_command(visit, &command); /* the ticket */
    (void)visit_answered(visit, &reply, START_MS);
}

static void sending(struct visit *visit)
{
    (void)visit_touch(visit, TOUCH_SERVICE, START_MS);
}

static void unreachable(struct visit *visit)
{
    (void)visit_time(visit, START_MS + 7000);
}

static void starting(struct visit *visit)
{
    struct visit_options options = {.idle_ms = 60000};
    visit_init(visit, &options, START_MS);
}

static void warning(struct visit *visit)
{
    priority(visit);
    fixture_run(visit, START_MS, START_MS + 41000);
}

/* What a supervisor tells the hall, at its longest. */
static void told(struct visit *visit)
{
    services(visit);
    static const char *const words[LANGUAGE_COUNT] = {
        "Le réseau de la préfecture est en panne jusqu’à 11 h. Les titres ne peuvent pas "
        "être remis. Les autres démarches sont traitées normalement. Merci.",
        "The network of the prefecture is down until 11 am. Documents cannot be handed "
        "over. All other matters are dealt with as usual. Thank you."};
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        (void)text_copy(visit->message.words.in[i], sizeof(visit->message.words.in[i]),
                        words[i]); /* fits */
    }
}

static void told_many(struct visit *visit)
{
    many_services(visit);
    told(visit);
}

const struct sample_page *sample_pages(size_t *ret_count)
{
    static const struct sample_page pages[] = {
        {"services", services, SOON_MS},
        {"many-services", many_services, SOON_MS},
        {"seven-services", seven_services, SOON_MS},
        {"few-services", few_services, SOON_MS},
        {"all-closed", all_closed, SOON_MS},
        {"limits", limits, SOON_MS},
        {"priority", priority, SOON_MS},
        {"chosen", chosen, SOON_MS},
        {"ticket", ticket, SOON_MS},
        {"ticket-printed", ticket_printed, SOON_MS},
        {"ticket-failed", ticket_failed, SOON_MS},
        {"ticket-position", ticket_position, SOON_MS},
        {"ticket-widest", ticket_widest, SOON_MS},
        {"another", another, SOON_MS},
        {"burst", burst, SOON_MS},
        {"sure", sure, SOON_MS},
        {"cancelled", cancelled, SOON_MS},
        {"not-cancelled", not_cancelled, SOON_MS},
        {"refused", refused, SOON_MS},
        {"sending", sending, SOON_MS},
        {"unreachable", unreachable, START_MS + 7000},
        {"starting", starting, SOON_MS},
        {"warning", warning, START_MS + 41000},
        {"offers", offers, SOON_MS},
        {"offers-chosen", offers_chosen, SOON_MS},
        {"several", several, SOON_MS},
        {"several-many", several_many, SOON_MS},
        {"ticket-several", ticket_several, SOON_MS},
        {"told", told, SOON_MS},
        {"told-many", told_many, SOON_MS},
    };
    *ret_count = sizeof(pages) / sizeof(pages[0]);
    return pages;
}

void sample_page_start(const struct sample_page *sample, enum language language,
                       struct visit *visit)
{
    fixture_start(visit, fixture_site(), true);
    visit->language = language;
    sample->prepare(visit);
    visit->language = language; /* where the page began anew */
    if (visit->has_ticket) {
        visit->ticket.language = language;
    }
}
