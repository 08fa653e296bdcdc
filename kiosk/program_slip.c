/* The kiosk and its printer: the slip of a ticket, and what became of it. */
#include <string.h>

#include "core/text.h"
#include "kiosk/asked_text.h"
#include "kiosk/program_parts.h"
#include "printing/slip.h"
#include "runtime/log.h"
#include "runtime/phrase.h"

#define MODULE "kiosk"

/* The texts of one slip. */
struct slip_words {
    char wait[2 * PHRASE_BYTES];
    char ahead[PHRASE_BYTES];
    char taken[2 * PHRASE_BYTES];
    char asked[ASKED_TEXT_BYTES];
};

/* "Monday 23 November 2026, 10:42", by the site's clock; empty while its zone is not
 * known. */
static void write_taken(const struct program_kiosk *kiosk,
                        const struct reply_ticket *ticket, struct slip_words *ret_words)
{
    char date[PHRASE_BYTES];
    char clock[PHRASE_BYTES];
    struct text text;
    text_init(&text, ret_words->taken, sizeof(ret_words->taken));
    if (!kiosk->zone) {
        return;
    }
    struct local_time taken = zone_local(kiosk->zone, ticket->taken_at_ms);
    phrase_date(kiosk->catalogue, ticket->language, taken.date, date);
    phrase_clock(taken.minute_of_day, clock);
    text_add(&text, "%s, %s", date, clock);
}

static void write_words(const struct program_kiosk *kiosk,
                        const struct reply_ticket *ticket, struct slip_words *ret_words)
{
    char wait[PHRASE_BYTES];
    phrase_ahead(kiosk->catalogue, ticket->language, ticket->ahead, ret_words->ahead);
    phrase_wait(kiosk->catalogue, ticket->language, &ticket->wait, wait);
    ret_words->wait[0] = '\0';
    if (wait[0] != '\0') {
        const struct catalogue_part part = {"wait", wait};
        /* Both are bounded and fit. */
        (void)catalogue_fill(catalogue_text(kiosk->catalogue, ticket->language,
                                            tr("Estimated wait: {wait}")),
                             &part, 1, ret_words->wait, sizeof(ret_words->wait));
    }
    write_taken(kiosk, ticket, ret_words);
}

/* Render the slip of the ticket and hand it to the printer. */
static enum status print(struct program_kiosk *kiosk, struct error *err)
{
    const struct reply_ticket *ticket = &kiosk->visit.ticket;
    const struct site *site = &kiosk->visit.site;
    enum language language = ticket->language;
    struct slip_words words;
    write_words(kiosk, ticket, &words);
    struct slip slip = {.language = language_tag(language),
                        .site = site->name.in[language],
                        .label = ticket->label,
                        .wait = words.wait,
                        .ahead = words.ahead,
                        .notice =
                            catalogue_text(kiosk->catalogue, language,
                                           tr("Numbers are not always called in order.")),
                        .taken = words.taken,
                        .note = site->slip_note.in[language]};
    uint32_t service = site_find_service(site, ticket->service);
    if (service != SITE_NONE) {
        slip.service_letter = site->services[service].letter;
        asked_text(site, ticket, language, words.asked);
        slip.service_name = words.asked;
    }
    if (!kiosk->printer) {
        return error_set(err, ERR_UNAVAILABLE, "the printer could not be started");
    }
    struct slip_page page = {0};
    if (slip_render_pdf(&slip, kiosk->config->printer.slip_width_mm, &page, err) != OK) {
        return err->status;
    }
    char id[PRINT_ID_BYTES];
    struct text text;
    text_init(&text, id, sizeof(id));
    /* The label comes back in the report; the command's id makes the job's unique. */
    text_add(&text, "%s-%s", ticket->label, kiosk->reply.id);
    enum status status = printer_print(kiosk->printer, id, ticket->label, &page, err);
    slip_page_finish(&page);
    return status;
}

void kiosk_print_ticket(struct program_kiosk *kiosk)
{
    struct error err = {0};
    if (print(kiosk, &err) == OK) {
        return;
    }
    log_error(MODULE, "cannot print ticket '%s': %s", kiosk->visit.ticket.label,
              err.text);
    struct visit_step step =
        visit_printed(&kiosk->visit, kiosk->visit.ticket.label, PRINT_FAILED);
    kiosk_follow(kiosk, &step);
}

static void handle_job(void *data, const struct print_report *report)
{
    struct program_kiosk *kiosk = data;
    char label[LABEL_LENGTH_MAX + 1];
    const char *end = strchr(report->id, '-');
    struct text text;
    text_init(&text, label, sizeof(label));
    text_add(&text, "%.*s", end ? (int)(end - report->id) : 0, report->id);
    log_ticket(MODULE, label, "slip %s%s%s", print_job_state_name(report->state),
               report->reason[0] != '\0' ? ": " : "", report->reason);
    static const enum print_state states[] = {[PRINT_JOB_PRINTED] = PRINT_PRINTED,
                                              [PRINT_JOB_FAILED] = PRINT_FAILED,
                                              [PRINT_JOB_UNKNOWN] = PRINT_UNKNOWN};
    if (report->state < PRINT_JOB_PRINTED || report->state >= PRINT_JOB_STATE_COUNT) {
        return; /* on its way */
    }
    struct visit_step step = visit_printed(&kiosk->visit, label, states[report->state]);
    kiosk_follow(kiosk, &step);
}

static void handle_health(void *data, const struct printer_condition *condition)
{
    struct program_kiosk *kiosk = data;
    kiosk->printer_health = condition->health;
    kiosk->paper_level = condition->paper;
    log_notice(MODULE, "printer %s paper=%s%s%s", printer_health_name(condition->health),
               paper_level_name(condition->paper),
               condition->reason[0] != '\0' ? ": " : "", condition->reason);
    kiosk_publish_status(kiosk);
}

static void wake(void *data)
{
    window_wake(data);
}

void kiosk_open_printer(struct program_kiosk *kiosk)
{
    const struct printer_config *config = &kiosk->config->printer;
    kiosk->printer_health = PRINTER_NONE;
    kiosk->paper_level = PAPER_UNKNOWN;
    if (config->queue[0] == '\0') {
        return;
    }
    kiosk->printer_health = PRINTER_OFFLINE; /* until it says more */
    struct printer_options options = {.queue = config->queue,
                                      .server = config->server[0] != '\0' ? config->server
                                                                          : NULL,
                                      .wake = wake,
                                      .wake_data = kiosk->window};
    struct printer_handlers handlers = {
        .on_job = handle_job, .on_health = handle_health, .data = kiosk};
    struct error err = {0};
    if (printer_create(&options, &handlers, &kiosk->printer, &err) != OK) {
        log_error(MODULE, "tickets are not printed: %s", err.text);
    }
}
