package org.trimtab.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir private Path folder;

  @Test
  void whoAsksWhetherALockIsHeldDoesNotTakeIt() throws IOException {
    Path lock = folder.resolve("lock");
    assertThat(FolderLock.isHeld(lock)).isFalse();
    assertThat(lock).doesNotExist();
    FolderLock held = Objects.requireNonNull(FolderLock.tryAcquire(lock));
    assertThat(FolderLock.isHeld(lock)).isTrue();
    held.close();
    String holder = Files.readString(lock);
    assertThat(FolderLock.isHeld(lock)).isFalse();
    assertThat(Files.readString(lock)).isEqualTo(holder);
    Objects.requireNonNull(FolderLock.tryAcquire(lock)).close();
  }
}
