/* Writes the agent's window as PNG files into a folder, in every size, language, state
 * and dialogue, for people to look at. Not installed. Usage: counter_gallery FOLDER */
#include <stdlib.h>
#include <string.h>

#include "album.h"
#include "core/text.h"
#include "counter/scene.h"
#include "window_fixture.h"

/* Machine time at which each picture's state came. */
#define SHOWN_MS 100000

struct gallery {
    struct agent *agent;
    int64_t version;
    int64_t now_ms;
};

static void show_state(struct gallery *gallery, enum counter_state state)
{
    struct counter_document document = window_state(state, ++gallery->version);
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_nothing(struct gallery *gallery)
{
    (void)gallery;
}

static void prepare_closed(struct gallery *gallery)
{
    show_state(gallery, COUNTER_CLOSED);
}

static void prepare_free(struct gallery *gallery)
{
    show_state(gallery, COUNTER_FREE);
}

static void prepare_called(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_CALLED, ++gallery->version);
    document.ticket.call_count = 3;
    (void)text_copy(document.ticket.class_id, sizeof(document.ticket.class_id),
                    "reduced-mobility"); /* short */
    document.can_undo = true;
    document.undo_until_ms = document.at_ms + 25000;
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_serving(struct gallery *gallery)
{
    show_state(gallery, COUNTER_SERVING);
}

static void prepare_wrapping_up(struct gallery *gallery)
{
    show_state(gallery, COUNTER_WRAPPING_UP);
}

static void prepare_paused(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_PAUSED, ++gallery->version);
    (void)text_copy(document.reason, sizeof(document.reason),
                    "Traitement de dossiers"); /* short */
    document.back_at_ms = document.at_ms + 500000;
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_nobody(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_FREE, ++gallery->version);
    document.has_next = false;
    document.queues[0].waiting_count = 0;
    document.queues[1].waiting_count = 0;
    document.today.has_share = false;
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

/* The longest that a site may hold: many lines, a long label, a long stay. */
static void prepare_full(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_SERVING, ++gallery->version);
    const struct site *site = &gallery->agent->site;
    (void)text_copy(document.ticket.label, sizeof(document.ticket.label),
                    "AB1042"); /* short */
    (void)text_copy(document.next.label, sizeof(document.next.label),
                    "AB1043"); /* short */
    document.ticket.call_count = 12;
    document.ticket.waited_s = 13000;
    document.ticket.started_at_ms = document.at_ms - 5400000;
    document.queue_count = 0;
    for (int i = 0; i < 10; i++) {
        document.queues[i] = (struct counter_queue){"", 120, 9000, 4};
        (void)text_copy(
            document.queues[i].service, sizeof(document.queues[i].service),
            site->services[(uint32_t)i % site->service_count].id); /* same size */
        document.queue_count++;
    }
    document.can_undo = true;
    document.undo_until_ms = document.at_ms + 25000;
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_stale(struct gallery *gallery)
{
    prepare_serving(gallery);
    gallery->now_ms = SHOWN_MS + AGENT_STALE_AFTER_MS + 1;
}

static void prepare_refusal(struct gallery *gallery)
{
    prepare_free(gallery);
    struct agent *agent = gallery->agent;
    agent->has_notice = true;
    agent->notice_at_ms = SHOWN_MS;
    (void)text_copy(agent->notice_code, sizeof(agent->notice_code),
                    "counter-changed"); /* short */
}

static void prepare_moment(struct gallery *gallery)
{
    prepare_serving(gallery);
    agent_set_sending(gallery->agent, true, SENDING_NOW);
}

static void prepare_unknown(struct gallery *gallery)
{
    prepare_serving(gallery);
    agent_set_sending(gallery->agent, false, SENDING_UNKNOWN);
}

static void prepare_pause(struct gallery *gallery)
{
    prepare_free(gallery);
    gallery->agent->dialogue = DIALOGUE_PAUSE;
}

static void prepare_then_pause(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_SERVING, ++gallery->version);
    document.pauses_after = true;
    (void)text_copy(document.reason, sizeof(document.reason),
                    "Traitement de dossiers"); /* short */
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_help(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_SERVING, ++gallery->version);
    document.asks_help = true;
    document.help_count = 2;
    (void)text_copy(document.help_at[0], sizeof(document.help_at[0]), "1"); /* short */
    (void)text_copy(document.help_at[1], sizeof(document.help_at[1]), "2"); /* short */
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_pause_wish(struct gallery *gallery)
{
    prepare_serving(gallery);
    gallery->agent->dialogue = DIALOGUE_PAUSE;
}

/* Nobody else serves its second line. */
static void show_last(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_FREE, ++gallery->version);
    document.queues[1].open_counters = 1;
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_last_pause(struct gallery *gallery)
{
    show_last(gallery);
    gallery->agent->dialogue = DIALOGUE_PAUSE;
}

static void prepare_last_close(struct gallery *gallery)
{
    struct command_document command;
    show_last(gallery);
    (void)agent_press(gallery->agent, AGENT_OPEN_CLOSE, SHOWN_MS, &command); /* asks */
}

/* The site's own reasons, and as many products as one service may have. */
static void prepare_reasons(struct gallery *gallery)
{
    static const char *const names[] = {
        "Pause déjeuner", "Réunion de service", "Traitement de dossiers",
        "Formation",      "Remplacement",       "Accompagnement d’un usager",
        "Autre motif"};
    show_last(gallery);
    struct site *site = &gallery->agent->site;
    site->reason_count = (uint32_t)(sizeof(names) / sizeof(names[0]));
    for (uint32_t i = 0; i < site->reason_count; i++) {
        for (uint32_t k = 0; k < LANGUAGE_COUNT; k++) {
            (void)text_copy(site->reasons[i].name.in[k], NAME_LENGTH_MAX + 1,
                            names[i]); /* short */
        }
    }
    gallery->agent->dialogue = DIALOGUE_PAUSE;
}

static void prepare_matter(struct gallery *gallery)
{
    struct command_document command;
    prepare_serving(gallery);
    (void)agent_press(gallery->agent, AGENT_MATTER, SHOWN_MS, &command); /* opens */
    agent_type(gallery->agent, '1');
    agent_type(gallery->agent, 'B');
    (void)agent_press(gallery->agent, AGENT_DOCUMENT + 1, SHOWN_MS, &command);
    (void)agent_press(gallery->agent, AGENT_COMPLETE + COMPLETE_NO, SHOWN_MS, &command);
}

static void prepare_matter_full(struct gallery *gallery)
{
    struct command_document command;
    prepare_serving(gallery);
    struct agent *agent = gallery->agent;
    struct site *site = &agent->site;
    while (matter_product(&agent->matter, site, PRODUCTS_OFFERED_MAX - 1) == 0) {
        site->topics[site->topic_count] = site->topics[3];
        site->topic_count++;
        agent->matter.service = 0;
    }
    uint32_t service = site_find_service(site, agent->state.ticket.service);
    site->services[service].topic_rule = TOPICS_REQUIRED;
    (void)agent_press(agent, AGENT_NEXT, SHOWN_MS, &command); /* asks */
}

static void prepare_sign_in(struct gallery *gallery)
{
    struct command_document command;
    prepare_closed(gallery);
    gallery->agent->site.sign_in = true;
    (void)agent_press(gallery->agent, AGENT_NEXT, SHOWN_MS, &command); /* asks */
    agent_type(gallery->agent, '1');
    agent_type(gallery->agent, '0');
    (void)agent_press(gallery->agent, AGENT_CONFIRM, SHOWN_MS, &command); /* the code */
    agent_type(gallery->agent, '4');
    agent_type(gallery->agent, '7');
    agent_type(gallery->agent, '1');
    agent_type(gallery->agent, '1');
}

static void prepare_walk_in(struct gallery *gallery)
{
    struct command_document command;
    prepare_free(gallery);
    (void)agent_press(gallery->agent, AGENT_WALK_IN, SHOWN_MS, &command); /* asks */
}

static void prepare_choice_reason(struct gallery *gallery)
{
    prepare_free(gallery);
    (void)text_copy(gallery->agent->typed, sizeof(gallery->agent->typed),
                    "A042"); /* short */
    gallery->agent->dialogue = DIALOGUE_CHOICE_REASON;
}

static void prepare_auto(struct gallery *gallery)
{
    prepare_free(gallery);
    gallery->agent->site.auto_call_s = 8;
    gallery->agent->ready_at_ms = SHOWN_MS - 3500;
}

static void prepare_said(struct gallery *gallery)
{
    struct counter_document document = window_state(COUNTER_SERVING, ++gallery->version);
    (void)text_copy(document.ticket.topic, sizeof(document.ticket.topic),
                    "carte-grise-perte"); /* short */
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_contact(struct gallery *gallery)
{
    prepare_free(gallery);
    struct command_document command;
    (void)agent_press(gallery->agent, AGENT_CONTACT, SHOWN_MS, &command); /* no command */
    (void)agent_press(gallery->agent, AGENT_CHANNEL + 1, SHOWN_MS, &command);
    (void)agent_press(gallery->agent, AGENT_DELAY + 4, SHOWN_MS, &command);
}

static void prepare_readmit(struct gallery *gallery)
{
    prepare_free(gallery);
    gallery->agent->dialogue = DIALOGUE_READMIT;
}

static void show_parked(struct gallery *gallery, enum counter_state state)
{
    struct counter_document document = window_state(state, ++gallery->version);
    document.next.rule = CALL_RESERVED;
    document.reserved_count = 1;
    document.parked_count = 2;
    document.parked_shown_count = 2;
    document.parked[0] = (struct counter_parked){.label = "A031",
                                                 .service = "immatriculation",
                                                 .due_at_ms = document.at_ms + 500000};
    document.parked[1] = (struct counter_parked){.label = "B007", .service = "permis"};
    agent_set_state(gallery->agent, &document, false, SHOWN_MS);
}

static void prepare_parked(struct gallery *gallery)
{
    show_parked(gallery, COUNTER_FREE);
}

static void prepare_resume(struct gallery *gallery)
{
    struct command_document command;
    show_parked(gallery, COUNTER_FREE);
    (void)agent_press(gallery->agent, AGENT_RESUME, SHOWN_MS, &command); /* no command */
}

static void prepare_transfer(struct gallery *gallery)
{
    struct command_document command;
    prepare_serving(gallery);
    (void)agent_press(gallery->agent, AGENT_TRANSFER, SHOWN_MS,
                      &command); /* no command */
    (void)agent_press(gallery->agent, AGENT_LETTER + 1, SHOWN_MS, &command);
    (void)agent_press(gallery->agent, AGENT_TRANSFER_BACK, SHOWN_MS, &command);
}

static void prepare_park(struct gallery *gallery)
{
    struct command_document command;
    prepare_serving(gallery);
    (void)agent_press(gallery->agent, AGENT_TRANSFER, SHOWN_MS,
                      &command); /* no command */
    (void)agent_press(gallery->agent, AGENT_TRANSFER_WHEN + 2, SHOWN_MS, &command);
    (void)agent_press(gallery->agent, AGENT_PARK_REASON, SHOWN_MS, &command);
}

static void prepare_choose(struct gallery *gallery)
{
    prepare_free(gallery);
    gallery->agent->dialogue = DIALOGUE_CHOOSE;
}

static void prepare_cancel(struct gallery *gallery)
{
    prepare_called(gallery);
    gallery->agent->dialogue = DIALOGUE_CANCEL;
    (void)text_copy(gallery->agent->typed, sizeof(gallery->agent->typed),
                    "A042"); /* short */
}

static const struct {
    const char *name;
    void (*prepare)(struct gallery *gallery);
} pages[] = {
    {"nothing", prepare_nothing},
    {"closed", prepare_closed},
    {"free", prepare_free},
    {"called", prepare_called},
    {"serving", prepare_serving},
    {"wrapping-up", prepare_wrapping_up},
    {"paused", prepare_paused},
    {"nobody", prepare_nobody},
    {"full", prepare_full},
    {"stale", prepare_stale},
    {"refusal", prepare_refusal},
    {"moment", prepare_moment},
    {"unknown", prepare_unknown},
    {"pause", prepare_pause},
    {"choose", prepare_choose},
    {"cancel", prepare_cancel},
    {"contact", prepare_contact},
    {"last-pause", prepare_last_pause},
    {"last-close", prepare_last_close},
    {"readmit", prepare_readmit},
    {"parked", prepare_parked},
    {"resume", prepare_resume},
    {"transfer", prepare_transfer},
    {"park", prepare_park},
    {"then-pause", prepare_then_pause},
    {"pause-wish", prepare_pause_wish},
    {"help", prepare_help},
    {"reasons", prepare_reasons},
    {"matter", prepare_matter},
    {"matter-full", prepare_matter_full},
    {"said", prepare_said},
    {"sign-in", prepare_sign_in},
    {"walk-in", prepare_walk_in},
    {"choice-reason", prepare_choice_reason},
    {"auto", prepare_auto},
};

static const struct album_size sizes[] = {{1280, 800}, {1920, 1080}, {1080, 1920},
                                          {1024, 768}, {800, 480},   {3840, 2160}};

static const char *page_name(size_t page)
{
    return pages[page].name;
}

static void draw_page(size_t page, enum language language,
                      const struct catalogue *catalogue, struct screen *screen)
{
    struct gallery gallery = {.agent = window_agent(), .now_ms = SHOWN_MS};
    gallery.agent->language = language;
    pages[page].prepare(&gallery);
    scene_draw(screen, gallery.agent, catalogue, gallery.now_ms);
    free(gallery.agent);
}

int main(int argc, char **argv)
{
    const struct album album = {.program = "counter_gallery",
                                .sizes = sizes,
                                .size_count = sizeof(sizes) / sizeof(sizes[0]),
                                .page_count = sizeof(pages) / sizeof(pages[0]),
                                .name = page_name,
                                .draw = draw_page};
    return album_write(&album, argc, argv);
}
