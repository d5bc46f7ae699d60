// SPDX-License-Identifier: Apache-2.0
// JPEG over libjpeg-turbo, PNG over zlib, WebP over libwebp; where their libraries are there, HEIC and AVIF over libheif,
// TIFF over libtiff, GIF over giflib, BMP over gdk-pixbuf: values in, a status and a sentence out, no jumps.
//
// Pictures are rows of 4-byte pixels, blue, green, red and an unused byte (255 after decoding), `stride`
// bytes apart. Decoders write pixels only of the size that the header function of the same bytes gave, or of
// the part that was asked for.
#ifndef C_POSE_CODECS_H
#define C_POSE_CODECS_H

#include <stddef.h>
#include <stdint.h>

// Room for a message and its final zero.
#define PIC_MESSAGE_SIZE 256

typedef enum pic_status {
    // Every pixel is as it was stored. A message, if there is one, names an oddity that cost no pixel.
    PIC_OK = 0,
    // Every pixel is written, but some may not be as they were stored; the message says which and why.
    PIC_DAMAGED = 1,
    // Damaged, cut short, or of a kind that is not read; the message says which.
    PIC_FAILED = 2,
    PIC_OUT_OF_MEMORY = 3,
    // The caller asked to stop.
    PIC_STOPPED = 4,
    // The input is whole, but cannot be written in the way that was asked for; the message says why.
    PIC_UNWRITABLE = 5,
} pic_status;

// Asked between rows, scans and slices of the file, on the calling thread; not zero ends the work.
typedef struct pic_stop {
    int (*should_stop)(void *context);
    void *context;
} pic_stop;

// What a file holds beside the picture that is decoded.
typedef enum pic_more {
    PIC_ALONE = 0,
    // Frames that follow the first.
    PIC_FRAMES = 1,
    // Pages that follow the first.
    PIC_PAGES = 2,
} pic_more;

typedef struct pic_header {
    uint32_t width;
    uint32_t height;
    pic_more more;
    // Some pixels may be transparent.
    int has_alpha;
    // PNG, TIFF, BMP: what is stored does not fit into 8 bits of red, green, blue and opacity, or is coded with loss.
    int is_narrowed;
    // About what decoding holds beside the pixels.
    uint64_t working_bytes;
    // JPEG: rows come out while the one scan is read, so that several threads may each decode some.
    int has_one_scan;
    // JPEG: what all coefficients take.
    uint64_t block_bytes;
    // How the header itself says that the picture is to be turned, 1…8 as in EXIF; 0 where it does not say.
    uint32_t orientation;
} pic_header;

// Which part of a picture to decode, and how small; only JPEG knows of it.
typedef struct pic_part {
    // 1, 2, 4 or 8: sides are divided by it, rounded up. 0 for all of the picture in its full size.
    uint32_t reduction;
    // Pixels of the reduced picture.
    uint32_t x;
    uint32_t y;
    uint32_t width;
    uint32_t height;
} pic_part;

// How a picture is turned: pixel (x, y) of what is decoded becomes pixel number `origin + x · column_step + y · row_step`
// of the target, whose rows have no gaps. Steps of 0 for a picture that is not turned.
typedef struct pic_turn {
    ptrdiff_t origin;
    ptrdiff_t column_step;
    ptrdiff_t row_step;
} pic_turn;

// Where and how to decode.
typedef struct pic_target {
    pic_part part;
    // Only JPEG knows of it.
    pic_turn turn;
    void *bgrx;
    size_t stride;
    // One byte a pixel, rows without gaps, 255 for opaque; NULL when it is not wanted.
    void *alpha;
    // Go on behind damage; PIC_DAMAGED is answered only then.
    int salvage;
    pic_stop stop;
} pic_target;

// Asked before an encoder's file takes more memory, with all the bytes that it will hold; 0 refuses, which ends the work as
// a lack of memory does. Without a function nothing is refused.
typedef struct pic_room {
    int (*grant)(void *context, size_t byte_count);
    void *context;
} pic_room;

// What is written beside the pixels.
typedef struct pic_metadata {
    // EXIF metadata, a TIFF structure; behind its name "Exif", 0, 0 for JPEG. NULL for none.
    const void *exif;
    size_t exif_size;
    // An ICC profile, NULL for none.
    const void *profile;
    size_t profile_size;
    // Pixels an inch, 1 to 65535; 0 where it is unknown.
    double dpi_x;
    double dpi_y;
} pic_metadata;

// What to encode.
typedef struct pic_source {
    const void *bgrx;
    size_t stride;
    uint32_t width;
    uint32_t height;
    // As in pic_target; NULL for opaque pictures. JPEG has no transparency and ignores it.
    const void *alpha;
    // WebP ignores it: the caller writes its container.
    pic_metadata metadata;
    pic_stop stop;
    pic_room room;
} pic_source;

// Bytes made here; give them to pic_release.
typedef struct pic_bytes {
    void *data;
    size_t size;
} pic_bytes;

void pic_release(pic_bytes *bytes);

// The libraries that are loaded: name and version, PIC_MESSAGE_SIZE bytes of text at most.
void pic_jpeg_library(char *text);
void pic_png_library(char *text);
void pic_webp_library(char *text);

pic_status pic_jpeg_header(const void *data, size_t size, pic_header *header, char *message);
// Four-component files are taken to store inverted ink (0 is all of it), as Adobe's and nearly all others do.
pic_status pic_jpeg_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message);
// `quality` 1…100; `full_chroma` keeps colour at full resolution (4:4:4), else it is halved (4:2:0).
pic_status pic_jpeg_encode(const pic_source *source, int quality, int full_chroma, pic_bytes *out,
                           char *message);

// How an encoder makes blocks: what a new file takes over from the one that its picture came from.
typedef struct pic_jpeg_style {
    // 1…100; 0 to take the steps below.
    int quality;
    // Steps of quantization for luma and chroma, in reading order of a block.
    uint16_t steps[2][64];
    // By how much colour is coarser than light, 1 or 2.
    uint32_t chroma_width;
    uint32_t chroma_height;
    // Rows of MCUs between two restart markers; 0 for no markers.
    uint32_t restart_rows;
} pic_jpeg_style;

// As pic_jpeg_encode, in a given style.
pic_status pic_jpeg_encode_in_style(const pic_source *source, const pic_jpeg_style *style, pic_bytes *out,
                                    char *message);
// Makes one file of several that hold bands of a picture of `height` rows, from top to bottom, all in a style with one row of
// MCUs between restart markers. All but the last have a multiple of eight rows of MCUs. `out` has room for as many bytes as all
// bands have together; the file takes no more.
pic_status pic_jpeg_join(const pic_bytes *bands, size_t count, uint32_t height, void *out, size_t *out_size,
                         char *message);
// The style of a file whose colours are light, or gray; PIC_UNWRITABLE for others and for uncommon samplings.
pic_status pic_jpeg_read_style(const void *data, size_t size, pic_jpeg_style *style, char *message);

// How a JPEG file is made of blocks.
typedef struct pic_jpeg_layout {
    // Pixels of the smallest part that can be replaced.
    uint32_t mcu_width;
    uint32_t mcu_height;
    // How far beyond such a part its colours reach, in pixels, when the picture is decoded.
    uint32_t bleed_x;
    uint32_t bleed_y;
    // Inks in place of light; a profile of the file then is one of inks, too.
    int is_cmyk;
} pic_jpeg_layout;

// A rectangle of stored pixels, of whole MCUs but for the picture's edges.
typedef struct pic_rectangle {
    uint32_t x;
    uint32_t y;
    uint32_t width;
    uint32_t height;
} pic_rectangle;

// Which parts of a JPEG file to replace.
typedef struct pic_jpeg_edit {
    const pic_rectangle *rectangles;
    size_t rectangle_count;
    // The stored pixel (x, y) is pixel number `origin + x · column_step + y · row_step` of this picture.
    const void *bgrx;
    ptrdiff_t origin;
    ptrdiff_t column_step;
    ptrdiff_t row_step;
    pic_metadata metadata;
    pic_stop stop;
} pic_jpeg_edit;

pic_status pic_jpeg_read_layout(const void *data, size_t size, pic_jpeg_layout *layout, char *message);
// Writes the file anew with the very coefficients that it has outside of the rectangles. Tables for
// quantization, sampling and the kind of process stay; entropy coding is optimized; all segments but the given
// metadata go. PIC_UNWRITABLE when the library cannot write such a file.
pic_status pic_jpeg_rewrite(const void *data, size_t size, const pic_jpeg_edit *edit, pic_room room,
                            pic_bytes *out, char *message);

// All coefficients of a file that was decoded, to be written again.
typedef struct pic_jpeg_blocks pic_jpeg_blocks;
// As pic_jpeg_decode, and keeps the coefficients beside the pixels: two bytes a sample, until they are released. Anything
// that is wrong with the file is a failure here, which pic_jpeg_decode judges. The file's bytes are not needed any more.
pic_status pic_jpeg_decode_keeping(const void *data, size_t size, const pic_header *header,
                                   const pic_target *target, pic_jpeg_blocks **blocks, char *message);
// As pic_jpeg_rewrite, but entropy coding is as fast as it can be, in one pass by the common tables, and the file is
// sequential. Once only.
pic_status pic_jpeg_write_blocks(pic_jpeg_blocks *blocks, const pic_jpeg_edit *edit, pic_room room,
                                 pic_bytes *out, char *message);
void pic_jpeg_release_blocks(pic_jpeg_blocks *blocks);

// The quantized coefficients of a component, rows of blocks without gaps, 64 to a block, 16 bits each, in the
// machine's byte order; for tests. `blocks_per_row` is set. PIC_FAILED when there is no such component.
pic_status pic_jpeg_coefficients(const void *data, size_t size, int component, size_t *blocks_per_row,
                                 pic_bytes *out, char *message);

pic_status pic_png_header(const void *data, size_t size, pic_header *header, char *message);
// 16-bit channels keep their upper 8 bits.
pic_status pic_png_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message);
pic_status pic_png_encode(const pic_source *source, pic_bytes *out, char *message);
// The source's pixels are gray, one byte each.
pic_status pic_png_encode_gray(const pic_source *source, pic_bytes *out, char *message);
// The checksum of chunks, CRC-32.
uint32_t pic_png_checksum(const void *data, size_t size);
// What a zlib stream holds; PIC_FAILED when it is damaged or holds more than `limit` bytes.
pic_status pic_png_inflate(const void *data, size_t size, size_t limit, pic_bytes *out, char *message);

// The first frame of an animated file; what it leaves free of the picture is black and transparent.
pic_status pic_webp_header(const void *data, size_t size, pic_header *header, char *message);
pic_status pic_webp_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message);
// Lossy; `quality` 1…100.
pic_status pic_webp_encode(const pic_source *source, int quality, pic_bytes *out, char *message);
// Keeps every value, those of transparent pixels too.
pic_status pic_webp_encode_lossless(const pic_source *source, pic_bytes *out, char *message);

// Formats that are only read. Their libraries are wanted when the program is built, and loaded when the first file needs
// them; where one is missing the format is not there, and its functions fail with a sentence. The name of a library that
// is not there is empty.
int pic_heic_is_there(void);
int pic_avif_is_there(void);
int pic_tiff_is_there(void);
int pic_gif_is_there(void);
int pic_bmp_is_there(void);
void pic_heif_library(char *text);
void pic_tiff_library(char *text);
void pic_gif_library(char *text);
void pic_bmp_library(char *text);

// HEIC and AVIF: the primary picture, as it is turned and cropped by its file. Damage is never salvaged, and the work
// stops only before it begins.
pic_status pic_heif_header(const void *data, size_t size, pic_header *header, char *message);
pic_status pic_heif_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message);

// The longest EXIF metadata and profile that are read beside a picture.
#define PIC_LONGEST_METADATA ((size_t)16 << 20)
// EXIF metadata, a TIFF structure, and the ICC profile; without data where there are none.
void pic_heif_beside(const void *data, size_t size, pic_bytes *exif, pic_bytes *profile);

// The first page; 16-bit samples become 8 bits. Rows have no gaps. The work stops between strips and tiles.
pic_status pic_tiff_header(const void *data, size_t size, pic_header *header, char *message);
pic_status pic_tiff_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                           char *message);

// The first frame; what it leaves free of the picture is black and transparent.
pic_status pic_gif_header(const void *data, size_t size, pic_header *header, char *message);
pic_status pic_gif_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message);

pic_status pic_bmp_header(const void *data, size_t size, pic_header *header, char *message);
pic_status pic_bmp_decode(const void *data, size_t size, const pic_header *header, const pic_target *target,
                          char *message);

#endif
