/* Chimes in order and whole: SDL's disk driver writes what would be heard to a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <SDL.h>

#include "ui/sound.h"

#define CHIME GUICHET_SOURCE_DIR "/assets/sounds/chime.wav"

static char heard_path[] = "/tmp/guichet-heard-XXXXXX";

static struct sound_clip *load(const char *path)
{
    struct sound_clip *clip = NULL;
    struct error err = {.text = ""};
    if (sound_clip_load(path, &clip, &err) != OK) {
        fail_msg("%s", err.text);
    }
    return clip;
}

/* Wait for the end of playing; time for the device's tail is counted in made-up steps. */
static void await_silence(struct sound *sound)
{
    int64_t now_ms = 0;
    for (int i = 0; i < 4000 && sound_is_playing(sound, now_ms); i++) {
        struct timespec pause = {0, 5000000};
        (void)nanosleep(&pause,
                        NULL); /* the sound thread needs the time; a signal may end it */
        now_ms += 50;
    }
    assert_false(sound_is_playing(sound, now_ms));
}

static uint8_t *read_heard(size_t *ret_length)
{
    FILE *file = fopen(heard_path, "rbe");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long length = ftell(file);
    assert_true(length > 0);
    rewind(file);
    uint8_t *bytes = malloc((size_t)length);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)length, file), (size_t)length);
    (void)fclose(file); /* only read */
    *ret_length = (size_t)length;
    return bytes;
}

/* The samples of the chime as the WAV file has them: 48 kHz, mono, 16 bit, as the device.
 */
static uint8_t *read_chime(size_t *ret_length)
{
    SDL_AudioSpec spec;
    Uint8 *bytes = NULL;
    Uint32 length = 0;
    assert_non_null(SDL_LoadWAV(CHIME, &spec, &bytes, &length));
    assert_int_equal(spec.freq, 48000);
    assert_int_equal(spec.channels, 1);
    *ret_length = length;
    return bytes;
}

static void two_chimes_are_heard_one_after_the_other(void **state)
{
    (void)state;
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", heard_path, 1);
    setenv("SDL_DISKAUDIODELAY", "1", 1);
    struct sound *sound = sound_create();
    struct sound_clip *chime = load(CHIME);
    assert_in_range(sound_clip_ms(chime), 1000, 2000);
    assert_int_equal(sound_play(sound, chime, 100, NULL), OK);
    assert_int_equal(sound_play(sound, chime, 100, NULL), OK);
    assert_true(sound_is_playing(sound, 0));
    await_silence(sound);
    sound_destroy(sound);
    sound_clip_destroy(chime);

    size_t heard_length = 0;
    size_t chime_length = 0;
    uint8_t *heard = read_heard(&heard_length);
    uint8_t *wanted = read_chime(&chime_length);
    /* The device begins in silence; a chime's first sample is 0 too. */
    size_t start = 0;
    while (start < heard_length && heard[start] == 0) {
        start++;
    }
    size_t wanted_start = 0;
    while (wanted[wanted_start] == 0) {
        wanted_start++;
    }
    assert_true(start >= wanted_start);
    start -= wanted_start;
    assert_true(heard_length >= start + 2 * chime_length);
    assert_memory_equal(heard + start, wanted, chime_length);
    assert_memory_equal(heard + start + chime_length, wanted, chime_length);
    free(heard);
    SDL_FreeWAV(wanted);
}

static void missing_device_is_told_once(void **state)
{
    (void)state;
    setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    struct sound *sound = sound_create();
    struct sound_clip *chime = load(CHIME);
    struct error err;
    assert_int_equal(sound_play(sound, chime, 100, &err), ERR_UNAVAILABLE);
    assert_non_null(strstr(err.text, "cannot play sound"));
    assert_int_equal(sound_play(sound, chime, 100, &err), OK);
    assert_false(sound_is_playing(sound, 0));

    /* A device that appears later is used. */
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    assert_int_equal(sound_play(sound, chime, 100, &err), OK);
    assert_true(sound_is_playing(sound, 0));
    sound_stop(sound);
    assert_false(sound_is_playing(sound, 0));
    sound_destroy(sound);
    sound_clip_destroy(chime);
}

static void too_much_waiting_is_refused(void **state)
{
    (void)state;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    struct sound *sound = sound_create();
    struct sound_clip *chime = load(CHIME);
    struct error err;
    enum status status = OK;
    int count = 0;
    while (status == OK && count < 1000) {
        status = sound_play(sound, chime, 50, &err);
        count++;
    }
    assert_int_equal(status, ERR_LIMIT);
    assert_in_range(count, SOUND_QUEUE_MS_MAX / sound_clip_ms(chime), 999);
    sound_destroy(sound);
    sound_clip_destroy(chime);
}

/* Write a silent stereo WAV of 22,050 Hz that lasts `seconds`. */
static void write_wav(const char *path, uint32_t seconds)
{
    const uint32_t data_bytes = 22050 * 4 * seconds;
    const uint32_t numbers[] = {16, 0x00020001, 22050, 22050 * 4, 0x00100004};
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    uint32_t riff_bytes = data_bytes + 36;
    /* The test runs on little-endian machines, as WAV files are. */
    size_t written = fwrite("RIFF", 4, 1, file) + fwrite(&riff_bytes, 4, 1, file) +
                     fwrite("WAVEfmt ", 8, 1, file) + fwrite(numbers, 20, 1, file) +
                     fwrite("data", 4, 1, file) + fwrite(&data_bytes, 4, 1, file);
    for (uint32_t i = 0; i < data_bytes / 4; i++) {
        written += fwrite("\0\0\0", 4, 1, file);
    }
    assert_int_equal(written, 6 + data_bytes / 4);
    assert_int_equal(fclose(file), 0);
}

static void clip_of_another_form_keeps_its_length(void **state)
{
    (void)state;
    write_wav(heard_path, 2);
    struct sound_clip *clip = load(heard_path);
    assert_in_range(sound_clip_ms(clip), 1990, 2010);
    sound_clip_destroy(clip);

    write_wav(heard_path, 31);
    struct error err;
    clip = NULL;
    assert_int_equal(sound_clip_load(heard_path, &clip, &err), ERR_LIMIT);
    assert_non_null(strstr(err.text, "longer than 30 s"));
    assert_null(clip);
}

static void file_that_is_no_sound_is_refused(void **state)
{
    (void)state;
    struct sound_clip *clip = NULL;
    struct error err;
    assert_int_equal(sound_clip_load("/nonexistent.wav", &clip, &err), ERR_IO);
    assert_non_null(strstr(err.text, "'/nonexistent.wav'"));
    assert_int_equal(
        sound_clip_load(GUICHET_SOURCE_DIR "/assets/sounds/README.md", &clip, &err),
        ERR_IO);
    assert_null(clip);
}

static int make_file(void **state)
{
    (void)state;
    int descriptor = mkstemp(heard_path);
    if (descriptor < 0) {
        return -1;
    }
    return close(descriptor);
}

static int remove_file(void **state)
{
    (void)state;
    SDL_Quit();
    return unlink(heard_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_chimes_are_heard_one_after_the_other),
        cmocka_unit_test(missing_device_is_told_once),
        cmocka_unit_test(too_much_waiting_is_refused),
        cmocka_unit_test(clip_of_another_form_keeps_its_length),
        cmocka_unit_test(file_that_is_no_sound_is_refused),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
