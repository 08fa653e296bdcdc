/* See ticket_slip.h. */
#include "printing/ticket_slip.h"

#include "core/text.h"
#include "runtime/asked_text.h"
#include "runtime/phrase.h"

/* The texts of one slip. */
struct slip_words {
    char wait[2 * PHRASE_BYTES];
    char ahead[PHRASE_BYTES];
    char taken[2 * PHRASE_BYTES];
    char asked[ASKED_TEXT_BYTES];
};

/* "Monday 23 November 2026, 10:42", by the site's clock; empty while its zone is not
 * known. */
static void write_taken(const struct ticket_slip *source, struct slip_words *words)
{
    char date[PHRASE_BYTES];
    char clock[PHRASE_BYTES];
    struct text text;
    text_init(&text, words->taken, sizeof(words->taken));
    if (!source->zone) {
        return;
    }
    struct local_time taken = zone_local(source->zone, source->ticket->taken_at_ms);
    phrase_date(source->catalogue, source->ticket->language, taken.date, date);
    phrase_clock(taken.minute_of_day, clock);
    text_add(&text, "%s, %s", date, clock);
}

/* What is to be expected; on a copy it would be an old promise. */
static void write_prospects(const struct ticket_slip *source, struct slip_words *words)
{
    const struct reply_ticket *ticket = source->ticket;
    char wait[PHRASE_BYTES];
    words->ahead[0] = '\0';
    words->wait[0] = '\0';
    if (source->is_copy) {
        return;
    }
    phrase_ahead(source->catalogue, ticket->language, ticket->ahead, words->ahead);
    phrase_wait(source->catalogue, ticket->language, &ticket->wait, wait);
    if (wait[0] != '\0') {
        const struct catalogue_part part = {"wait", wait};
        /* Both are bounded and fit. */
        (void)catalogue_fill(catalogue_text(source->catalogue, ticket->language,
                                            tr("Estimated wait: {wait}")),
                             &part, 1, words->wait, sizeof(words->wait));
    }
}

enum status ticket_slip_render(const struct ticket_slip *source, uint32_t width_mm,
                               struct slip_page *ret_page, struct error *err)
{
    const struct site *site = source->site;
    enum language language = source->ticket->language;
    struct slip_words words;
    write_prospects(source, &words);
    write_taken(source, &words);
    struct slip slip = {.language = language_tag(language),
                        .site = site->name.in[language],
                        .label = source->ticket->label,
                        .wait = words.wait,
                        .ahead = words.ahead,
                        .notice =
                            catalogue_text(source->catalogue, language,
                                           tr("Numbers are not always called in order.")),
                        .taken = words.taken,
                        .note = site->slip_note.in[language]};
    if (source->ticket->is_test) {
        slip.copy = catalogue_text(source->catalogue, language, tr("TEST"));
    } else if (source->is_copy) {
        slip.copy = catalogue_text(source->catalogue, language, tr("COPY"));
    }
    uint32_t service = site_find_service(site, source->ticket->service);
    if (service != SITE_NONE) {
        slip.service_letter = site->services[service].letter;
        asked_text(site, source->ticket, language, words.asked);
        slip.service_name = words.asked;
    }
    return slip_render_pdf(&slip, width_mm, ret_page, err);
}
