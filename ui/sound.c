/* Playing clips in order; see sound.h.
 *
 * SDL keeps what is queued and plays it without gaps; this module converts every clip to
 * one form when it is loaded, opens the device for the first clip and closes it in
 * silence. */
#include "ui/sound.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>

/* The form of every clip: chimes and voices are mono, and speech ends at 20 kHz. */
#define RATE_HZ          48000
#define BYTES_PER_SAMPLE 2
#define BYTES_PER_MS     (RATE_HZ / 1000 * BYTES_PER_SAMPLE)

/* Samples the device takes at a time: 21 ms. */
#define DEVICE_SAMPLES 1024

/* After the queue ran empty the device still plays what it took. */
#define TAIL_MS 200

struct sound {
    bool has_audio;
    bool has_complained;      /* the missing device was told */
    SDL_AudioDeviceID device; /* 0: closed */
    bool is_drained;
    int64_t drained_at_ms;
};

struct sound_clip {
    Uint8 *bytes;
    Uint32 length;
};

struct sound *sound_create(void)
{
    return calloc(1, sizeof(struct sound));
}

static void close_device(struct sound *sound)
{
    if (sound->device != 0) {
        SDL_CloseAudioDevice(sound->device);
        sound->device = 0;
    }
}

void sound_destroy(struct sound *sound)
{
    if (!sound) {
        return;
    }
    close_device(sound);
    if (sound->has_audio) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    free(sound);
}

/* Convert the samples of a WAV file to our form. */
static enum status convert(struct sound_clip *clip, const SDL_AudioSpec *from,
                           const Uint8 *bytes, Uint32 length)
{
    SDL_AudioCVT conversion;
    if (SDL_BuildAudioCVT(&conversion, from->format, from->channels, from->freq,
                          AUDIO_S16SYS, 1, RATE_HZ) < 0) {
        return ERR_INVALID;
    }
    conversion.len = (int)length;
    conversion.buf = malloc((size_t)length * (size_t)conversion.len_mult + 1);
    if (!conversion.buf) {
        return ERR_LIMIT;
    }
    memcpy(conversion.buf, bytes, length);
    if (conversion.needed && SDL_ConvertAudio(&conversion) != 0) {
        free(conversion.buf);
        return ERR_INVALID;
    }
    clip->bytes = conversion.buf;
    clip->length = conversion.needed ? (Uint32)conversion.len_cvt : length;
    return OK;
}

/* How long `length` bytes of a WAV file last; too long when the file does not say. */
static int64_t wav_ms(const SDL_AudioSpec *spec, Uint32 length)
{
    int64_t bytes_per_second =
        (int64_t)spec->freq * spec->channels * (SDL_AUDIO_BITSIZE(spec->format) / 8);
    return bytes_per_second > 0 ? (int64_t)length * 1000 / bytes_per_second : INT64_MAX;
}

enum status sound_clip_load(const char *path, struct sound_clip **ret_clip,
                            struct error *err)
{
    SDL_AudioSpec spec;
    Uint8 *bytes = NULL;
    Uint32 length = 0;
    if (!SDL_LoadWAV(path, &spec, &bytes, &length)) {
        return error_set(err, ERR_IO, "cannot read sound '%s': %s", path, SDL_GetError());
    }
    struct sound_clip *clip = calloc(1, sizeof(*clip));
    enum status status = OK;
    if (!clip) {
        status = error_set(err, ERR_LIMIT, "cannot read sound '%s': out of memory", path);
    } else if (wav_ms(&spec, length) > SOUND_CLIP_MS_MAX) {
        status = error_set(err, ERR_LIMIT, "sound '%s' is longer than %d s", path,
                           SOUND_CLIP_MS_MAX / 1000);
    } else if (convert(clip, &spec, bytes, length) != OK) {
        status = error_set(err, ERR_INVALID, "cannot convert sound '%s': %s", path,
                           SDL_GetError());
    }
    SDL_FreeWAV(bytes);
    if (status != OK) {
        sound_clip_destroy(clip);
        return status;
    }
    *ret_clip = clip;
    return OK;
}

void sound_clip_destroy(struct sound_clip *clip)
{
    if (clip) {
        free(clip->bytes);
        free(clip);
    }
}

int sound_clip_ms(const struct sound_clip *clip)
{
    return (int)(clip->length / BYTES_PER_MS);
}

/* Open the device and start it; it plays silence until something is queued. */
static bool open_device(struct sound *sound)
{
    if (sound->device != 0) {
        return true;
    }
    if (!sound->has_audio) {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
            return false;
        }
        sound->has_audio = true;
    }
    SDL_AudioSpec wanted = {.freq = RATE_HZ,
                            .format = AUDIO_S16SYS,
                            .channels = 1,
                            .samples = DEVICE_SAMPLES};
    sound->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (sound->device == 0) {
        return false;
    }
    SDL_PauseAudioDevice(sound->device, 0);
    return true;
}

/* Tell of a device that does not work, but only the first time in a row. */
static enum status complain(struct sound *sound, struct error *err)
{
    close_device(sound);
    if (sound->has_complained) {
        return OK;
    }
    sound->has_complained = true;
    return error_set(err, ERR_UNAVAILABLE,
                     "cannot play sound: %s; calls go on without sound", SDL_GetError());
}

enum status sound_play(struct sound *sound, const struct sound_clip *clip, int volume,
                       struct error *err)
{
    assert(volume >= 0 && volume <= 100);
    if (!open_device(sound)) {
        return complain(sound, err);
    }
    Uint32 waiting = SDL_GetQueuedAudioSize(sound->device);
    if (waiting + clip->length > SOUND_QUEUE_MS_MAX * (Uint32)BYTES_PER_MS) {
        return error_set(err, ERR_LIMIT, "cannot play sound: %d s are waiting already",
                         (int)(waiting / BYTES_PER_MS / 1000));
    }
    Uint8 *louder = calloc(1, clip->length + 1);
    if (!louder) {
        return error_set(err, ERR_LIMIT, "cannot play sound: out of memory");
    }
    SDL_MixAudioFormat(louder, clip->bytes, AUDIO_S16SYS, clip->length,
                       volume * SDL_MIX_MAXVOLUME / 100);
    int failed = SDL_QueueAudio(sound->device, louder, clip->length);
    free(louder);
    if (failed != 0) {
        return complain(sound, err);
    }
    sound->has_complained = false;
    sound->is_drained = false;
    return OK;
}

bool sound_is_playing(struct sound *sound, int64_t now_ms)
{
    if (sound->device == 0) {
        return false;
    }
    if (SDL_GetAudioDeviceStatus(sound->device) == SDL_AUDIO_STOPPED) {
        close_device(sound); /* the device was unplugged: nothing will ever be heard */
        return false;
    }
    if (SDL_GetQueuedAudioSize(sound->device) > 0) {
        return true;
    }
    if (!sound->is_drained) {
        sound->is_drained = true;
        sound->drained_at_ms = now_ms;
    }
    if (now_ms - sound->drained_at_ms < TAIL_MS) {
        return true;
    }
    close_device(sound);
    return false;
}

void sound_stop(struct sound *sound)
{
    if (sound->device != 0) {
        SDL_ClearQueuedAudio(sound->device);
        close_device(sound);
    }
}
