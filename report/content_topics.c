/* What the services were about, as agents said; see content.h. */
#include "figures/matters.h"
#include "report/content.h"

static void add_row(struct document *document, struct table *table,
                    const struct words *words, const char *name,
                    const struct matter_count *count)
{
    struct row *row = table_row(document, table);
    struct cell *cells = row->cells;
    const struct share complete = {count->complete, count->complete + count->incomplete};
    cells[0].text = name;
    cells[1].text = words_number(words, count->served);
    cells[2].text = count->measured > 0
                        ? words_length_short(words, (double)count->service_ms /
                                                        (double)count->measured)
                        : WORDS_NONE;
    cells[3].text = words_share(words, complete);
    cells[3].has_bar = complete.of > 0;
    cells[3].bar = share_percent(complete) / 100.0;
    cells[3].goal = -1.0;
    cells[4].text = words_number(words, count->incomplete);
    cells[5].text = words_number(words, count->missing);
}

static void add_topics(struct document *document, const struct site *site,
                       const struct matters *matters, const struct words *words)
{
    struct table *table = document_table(
        document, words_of(words, tr("What agents said of services that they gave, parts "
                                     "of a topic below it")));
    table_column(table, words_of(words, tr("Topic")), true);
    table_column(table, words_of(words, tr("Served")), false);
    table_column(table, words_of(words, tr("Service, mean")), false);
    table_column(table, words_of(words, tr("Done at once")), false);
    table_column(table, words_of(words, tr("Another contact")), false);
    table_column(table, words_of(words, tr("Document missing")), false);
    for (uint32_t i = 0; i < site->topic_count; i++) {
        if (site->topics[i].under != 0 || matters->by_topic[i].served == 0) {
            continue; /* below its product, or nothing to tell */
        }
        add_row(document, table, words, words_name(words, &site->topics[i].name),
                &matters->by_topic[i]);
        for (uint32_t k = i + 1; k < site->topic_count; k++) {
            if (site->topics[k].under == i + 1 && matters->by_topic[k].served > 0) {
                add_row(document, table, words,
                        arena_format(words->arena, "– %s",
                                     words_name(words, &site->topics[k].name)),
                        &matters->by_topic[k]);
            }
        }
    }
    if (matters->unsaid.served > 0) {
        add_row(document, table, words, words_of(words, tr("Not said")),
                &matters->unsaid);
    }
    add_row(document, table, words, words_of(words, tr("Together")), &matters->all);
    table->rows[table->row_count - 1].is_total = true;
}

static void add_documents(struct document *document, const struct site *site,
                          const struct matters *matters, const struct words *words)
{
    if (matters->all.missing == 0) {
        return;
    }
    struct table *table = document_table(
        document, words_of(words, tr("Documents that people were without")));
    table_column(table, words_of(words, tr("Document")), true);
    table_column(table, words_of(words, tr("Services given without it")), false);
    table_column(table, words_of(words, tr("Of all")), false);
    for (uint32_t i = 0; i < site->document_count; i++) {
        if (matters->by_document[i] > 0) {
            struct cell *cells = table_row(document, table)->cells;
            const struct share share = {matters->by_document[i], matters->all.served};
            cells[0].text = words_name(words, &site->documents[i].name);
            cells[1].text = words_number(words, matters->by_document[i]);
            cells[2].text = words_share(words, share);
        }
    }
}

/* Checked before the wait: who came in vain, and who was let in all the same. */
static void add_lacking(struct document *document, const struct day_figures *figures,
                        const struct words *words)
{
    struct lacking lacking;
    lacking_count(figures->lacked, figures->lacked_count, &lacking);
    struct table *table = document_table(
        document, words_of(words, tr("Documents that the reception missed before the "
                                     "wait; one person may lack several")));
    table_column(table, words_of(words, tr("Document")), true);
    table_column(table, words_of(words, tr("Went without a ticket")), false);
    table_column(table, words_of(words, tr("Got a ticket all the same")), false);
    for (uint32_t i = 0; i < figures->site.document_count; i++) {
        if (lacking.sent_home_by[i] + lacking.let_in_by[i] > 0) {
            struct cell *cells = table_row(document, table)->cells;
            cells[0].text = words_name(words, &figures->site.documents[i].name);
            cells[1].text = words_number(words, lacking.sent_home_by[i]);
            cells[2].text = words_number(words, lacking.let_in_by[i]);
        }
    }
    struct row *row = table_row(document, table);
    row->is_total = true;
    row->cells[0].text = words_of(words, tr("People"));
    row->cells[1].text = words_number(words, lacking.sent_home);
    row->cells[2].text = words_number(words, lacking.let_in);
}

void content_add_topics(struct document *document, struct day_figures *figures,
                        const struct words *words)
{
    struct matters *matters = arena_take(words->arena, sizeof(*matters));
    matters_count(&figures->site, figures->visits, figures->counted_count, matters);
    if (matters->all.served == 0 && figures->lacked_count == 0) {
        return;
    }
    document_heading(document, "topics", words_of(words, tr("By topic")));
    if (matters->all.served > 0) {
        add_topics(document, &figures->site, matters, words);
        add_documents(document, &figures->site, matters, words);
    }
    if (figures->lacked_count > 0) {
        add_lacking(document, figures, words);
    }
}
