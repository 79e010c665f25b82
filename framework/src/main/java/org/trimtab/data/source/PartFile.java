package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.AtomicFile;

/**
 * A file being downloaded: written as {@code <name>.part} beside its target, checked, and renamed
 * atomically, so that a file under its own name is always complete.
 */
public final class PartFile {
  /** Larger than any file of a model. */
  private static final long LONGEST = 1L << 40;

  private final Path target;
  private final Path part;
  private final @Nullable Long bytes;
  private final @Nullable String sha256;
  private final long limit;

  /**
   * @param target the complete file
   * @param bytes its size; null if unknown
   * @param sha256 the hash of its content; null if unknown
   */
  public PartFile(Path target, @Nullable Long bytes, @Nullable String sha256) {
    this(target, bytes, sha256, LONGEST);
  }

  private PartFile(Path target, @Nullable Long bytes, @Nullable String sha256, long limit) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.bytes = bytes;
    this.sha256 = sha256;
    this.limit = limit;
  }

  /** A file of unknown content with a limit. */
  public static PartFile upTo(long limit, Path target) {
    return new PartFile(target, null, null, limit);
  }

  /** The size that the file should have; null if unknown. */
  @Nullable Long bytes() {
    return bytes;
  }

  /** Whether its hash is known, so that it is safe to resume. */
  boolean hasHash() {
    return sha256 != null;
  }

  String name() {
    return String.valueOf(target.getFileName());
  }

  long size() throws FetchFailure {
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void delete() throws FetchFailure {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Opens the part for writing at a position, where it is truncated. */
  FileChannel open(long position) throws FetchFailure {
    try {
      Files.createDirectories(part.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(position);
      channel.position(position);
      return channel;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Fails when more bytes have come than were announced.
   *
   * @param announced by the server or the archive
   */
  void checkLength(long done, OptionalLong announced) throws FetchFailure {
    long most = Math.min(limit, bytes == null ? announced.orElse(limit) : bytes);
    if (done > most) {
      delete();
      throw new FetchFailure("more came than the %,d bytes that were expected".formatted(most));
    }
  }

  /** Fails when the disk lacks space for that many more bytes. */
  void needs(long bytes) throws FetchFailure {
    try {
      long free = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
      if (free < bytes) {
        throw new FetchFailure(
            "%s needs %,d more bytes, the disk has %,d free".formatted(part, bytes, free));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Writes one member of a zip archive to the part. */
  void extract(Path archive, String member, Progress progress) throws FetchFailure {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new FetchFailure(archive.getFileName() + " holds no file " + member);
      }
      checkSize(entry.getSize());
      OptionalLong announced =
          entry.getSize() < 0 ? OptionalLong.empty() : OptionalLong.of(entry.getSize());
      try (InputStream content = zip.getInputStream(entry)) {
        write(content, announced, progress);
      }
    } catch (IOException e) {
      throw new FetchFailure(
          archive.getFileName() + " cannot be unpacked: " + FetchFailure.reason(e), e);
    }
  }

  /** Writes a stream to the part. */
  void write(InputStream content, OptionalLong total, Progress progress)
      throws IOException, FetchFailure {
    try (FileChannel channel = open(0);
        OutputStream out = java.nio.channels.Channels.newOutputStream(channel)) {
      checkLength(total.orElse(0), OptionalLong.empty());
      needs(total.orElse(0));
      byte[] buffer = new byte[1 << 20];
      long done = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        done += count;
        checkLength(done, total);
        out.write(buffer, 0, count);
        progress.advance(name(), done, total);
      }
    }
  }

  void checkSize(long size) throws FetchFailure {
    if (bytes != null && size != bytes) {
      throw new FetchFailure("it has %,d bytes, expected %,d".formatted(size, bytes));
    }
  }

  /**
   * Checks size and hash and renames the file; a wrong part is deleted.
   *
   * @return its sha256
   */
  String finish(Progress progress) throws FetchFailure {
    String actual = HashCache.file(part, progress);
    try {
      checkSize(size());
      if (sha256 != null && !sha256.equals(actual)) {
        throw new FetchFailure("its sha256 is " + actual + ", expected " + sha256);
      }
    } catch (FetchFailure e) {
      delete();
      throw e;
    }
    try {
      AtomicFile.replace(part, target);
    } catch (IOException e) {
      throw unwritable(e);
    }
    return actual;
  }

  FetchFailure unwritable(IOException e) {
    return new FetchFailure(
        "%s cannot be written: %s (TRIMTAB_CACHE names another cache folder)"
            .formatted(part, FetchFailure.reason(e)),
        e);
  }
}
