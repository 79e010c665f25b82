package org.trimtab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.method.Method;
import org.trimtab.method.Methods;

/** Jars in the plug-in folder, good and bad; ExtensionExampleTest runs one with code of its own. */
class PluginsTest {
  @TempDir Path folder;

  @AfterEach
  void withoutPlugins() {
    Plugins.use(folder.resolve("missing"));
    assertThat(Plugins.jars()).isEmpty();
  }

  @Test
  void aJarIsRecordedWithItsHash() throws IOException {
    jar("b.jar", Method.class, "");
    jar("a.jar", Method.class, "");
    Plugins.use(folder);
    assertThat(Plugins.jars().keySet()).containsExactly("a.jar", "b.jar");
    assertThat(Plugins.jars().values()).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    assertThat(Methods.all()).isNotEmpty();
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "not a zip");
    assertThatThrownBy(() -> Plugins.use(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(broken + ": not a readable jar (")
        .hasMessageEndingWith("); replace or remove it");
  }

  @Test
  void aJarWithoutAClassThatItPromisesIsNamed() throws IOException {
    jar("good.jar", Method.class, "");
    Path jar = jar("stale.jar", Method.class, "org.example.Gone");
    Plugins.use(folder);
    assertThatThrownBy(Methods::all)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(jar + ": a plug-in that does not fit this version of Trimtab")
        .hasMessageContaining("Provider org.example.Gone not found");
  }

  @Test
  void aClassOfAnotherKindIsNamed() throws IOException {
    Path jar = jar("other.jar", Method.class, "org.trimtab.plan.Shuffle");
    Plugins.use(folder);
    assertThatThrownBy(Methods::all).hasMessageStartingWith(jar.toString());
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    jar("any.jar", Method.class, "");
    Plugins.use(folder);
    assertThatThrownBy(() -> Plugins.services(Method.class, method -> "edit"))
        .hasMessageMatching(
            "'edit' is the name of org\\.trimtab\\.\\S+ and of org\\.trimtab\\.\\S+; rename one of them");
  }

  private Path jar(String name, Class<?> type, String... providers) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("META-INF/services/" + type.getName()));
      out.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
