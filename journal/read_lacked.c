/* Documents that people were without, as the reception saw; see journal.h. */
#include "journal/read_parts.h"

static enum status read_lacked(sqlite3_stmt *row, const struct site *site, void *element,
                               struct error *err)
{
    struct lacked_record *record = element;
    *record = (struct lacked_record){
        .seq = sqlite3_column_int64(row, 0),
        .service = site_find_service(site, journal_column_text(row, 1)),
        .ticket = (uint32_t)sqlite3_column_int64(row, 2), /* NULL is 0, TICKET_NONE */
        .document = site_find_document(site, journal_column_text(row, 3))};
    if (record->service == SITE_NONE) {
        return journal_unknown_value(row, 1, err);
    }
    return record->document == SITE_NONE ? journal_unknown_value(row, 3, err) : OK;
}

enum status journal_read_lacked(struct journal *journal, uint32_t date,
                                const struct site *site,
                                struct lacked_record **ret_records, size_t *ret_count,
                                struct error *err)
{
    const struct query query = {
        .sql = "SELECT seq, lacked.service, lacked.ticket, document FROM lacked"
               " LEFT JOIN visit ON visit.date = lacked.date"
               " AND visit.ticket = lacked.ticket"
               " WHERE lacked.date = ?1 AND (lacked.ticket IS NULL"
               " OR visit.state <> 'void') ORDER BY seq, document",
        .parameter = date,
        .element_bytes = sizeof(struct lacked_record),
        .site = site,
        .read = read_lacked,
    };
    void *records = NULL;
    enum status status = journal_read_array(journal, &query, &records, ret_count, err);
    if (status == OK) {
        *ret_records = records;
    }
    return status;
}
