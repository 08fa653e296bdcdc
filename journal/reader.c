/* Opening a journal that somebody else may be writing; see journal_open_reader(). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "journal/journal_private.h"
#include "journal/schema.h"

/* How long a reader waits while a killed server's log is being recovered. */
#define BUSY_MS 2000

/* Longest path of a journal; what the system allows. */
#define PATH_BYTES 4096

/* "file:PATH?QUERY" with the characters that have a meaning in a URI escaped. */
static bool make_uri(const char *path, const char *query, struct text *uri)
{
    text_add_string(uri, "file:");
    for (; *path != '\0'; path++) {
        bool is_special = strchr("%?#", *path) != NULL;
        text_add(uri, is_special ? "%%%02X" : "%c", (unsigned char)*path);
    }
    text_add(uri, "?%s", query);
    return !uri->is_cut;
}

static enum status open_uri(struct journal *journal, const char *query, struct error *err)
{
    char bytes[3 * PATH_BYTES];
    struct text uri;
    text_init(&uri, bytes, sizeof(bytes));
    if (!make_uri(journal->path, query, &uri)) {
        return error_set(err, ERR_INVALID, "its path is too long");
    }
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(bytes, &journal->db, flags, NULL) != SQLITE_OK ||
        sqlite3_busy_timeout(journal->db, BUSY_MS) != SQLITE_OK) {
        return database_error(journal->db, "cannot open it", err);
    }
    enum status status =
        database_run(journal->db,
                     "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                     "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY",
                     err);
    return status == OK ? schema_check(journal->db, err) : status;
}

/* Whether files can be made beside the journal, as reading a log needs. */
static bool folder_is_writable(const char *path)
{
    char folder[PATH_BYTES];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (length >= sizeof(folder)) {
        return false;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    return access(length == 0 ? "." : folder, W_OK) == 0;
}

/* A medium that cannot be written: SQLite reads the file alone, without the log. */
static enum status open_immutable(struct journal *journal, struct error *err)
{
    /* The failed attempt has nothing to lose. */
    (void)sqlite3_close(journal->db);
    journal->db = NULL;
    char log_path[PATH_BYTES];
    struct text text;
    text_init(&text, log_path, sizeof(log_path));
    text_add(&text, "%s-wal", journal->path);
    struct stat log;
    bool has_log = !text.is_cut && stat(log_path, &log) == 0 && log.st_size > 0;
    text_init(&text, journal->warning, sizeof(journal->warning));
    text_add(&text, "the folder of journal '%s' cannot be written", journal->path);
    if (has_log) {
        text_add(&text, ": the newest events, which are in '%s', are missing", log_path);
    }
    return open_uri(journal, "mode=ro&immutable=1", err);
}

enum status journal_open_reader(const char *path, struct journal **ret_journal,
                                struct error *err)
{
    struct journal *journal = calloc(1, sizeof(*journal));
    size_t capacity = strlen(path) + 1;
    if (journal) {
        journal->lock_fd = -1;
        journal->path = malloc(capacity);
    }
    if (!journal || !journal->path) {
        free(journal);
        return error_set(err, ERR_IO, "cannot read journal '%s': out of memory", path);
    }
    (void)text_copy(journal->path, capacity, path); /* It fits: the room is its own. */
    enum status status = chain_init(&journal->chain, err);
    if (status == OK && access(path, R_OK) != 0) {
        status = error_set(err, ERR_NOT_FOUND, "there is no such file that can be read");
    }
    status = status == OK ? open_uri(journal, "mode=ro", err) : status;
    if (status == ERR_IO && !folder_is_writable(path)) {
        status = open_immutable(journal, err);
    }
    if (status != OK) {
        journal_close(journal);
        (void)error_wrap(err, "cannot read journal '%s'", path);
        return status;
    }
    *ret_journal = journal;
    return OK;
}

enum status journal_begin_reading(struct journal *journal, struct error *err)
{
    int64_t ignored = 0;
    enum status status = database_run(journal->db, "BEGIN", err);
    if (status == OK) {
        /* The first read fixes the moment that is seen. */
        status = database_integer(journal->db, "SELECT count(*) FROM day", &ignored, err);
    }
    return status;
}

void journal_end_reading(struct journal *journal)
{
    if (sqlite3_get_autocommit(journal->db) == 0) {
        /* Nothing was written: ending cannot lose anything. */
        (void)database_run(journal->db, "ROLLBACK", NULL);
    }
}
