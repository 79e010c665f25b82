package org.trimtab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Hashes;

/**
 * Methods and evaluators of the class path and of jars in a plug-in folder. A program has one such
 * folder at most; without {@link #use} there is none.
 */
public final class Plugins {
  private static volatile Plugins current = new Plugins(List.of());

  private final SortedMap<String, Path> jars = new TreeMap<>();
  private final SortedMap<String, String> hashes = new TreeMap<>();
  private final Map<Class<?>, List<?>> services = new ConcurrentHashMap<>();
  private final ClassLoader loader;

  private Plugins(List<Path> files) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : files) {
      try {
        new JarFile(jar.toFile()).close();
        URL url = jar.toUri().toURL();
        urls.add(url);
        jars.put(url.toString(), jar);
        hashes.put(String.valueOf(jar.getFileName()), Hashes.file(jar));
      } catch (IOException e) {
        throw new UserException(
            jar + ": not a readable jar (" + e.getMessage() + "); replace or remove it", e);
      }
    }
    ClassLoader own = Plugins.class.getClassLoader();
    loader = urls.isEmpty() ? own : new URLClassLoader(urls.toArray(URL[]::new), own);
  }

  /**
   * Looks for services in the jars of a folder, too, from now on. Jars see each other, so that what
   * a plug-in needs may lie beside it.
   *
   * @param folder may be missing: then there are no plug-ins
   * @throws UserException when a jar cannot be read; names it
   */
  public static void use(Path folder) {
    List<Path> jars = jars(folder);
    if (!jars.isEmpty() || !current.jars.isEmpty()) {
      current = new Plugins(jars);
    }
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UserException(folder + ": the folder of plug-ins cannot be read (" + e + ")", e);
    }
  }

  /** The jars in use: file name to SHA-256, as 64 lower-case hex digits. */
  public static SortedMap<String, String> jars() {
    return Collections.unmodifiableSortedMap(current.hashes);
  }

  /**
   * All services of a type, found by ServiceLoader, by name.
   *
   * @param name a service's name, which no other one may have
   * @throws UserException when a plug-in cannot be loaded or takes a name twice; names its jar
   */
  @SuppressWarnings("unchecked") // what is kept for a type was made for that type
  public static <T> List<T> services(Class<T> type, Function<T, String> name) {
    Plugins plugins = current;
    return (List<T>) plugins.services.computeIfAbsent(type, key -> plugins.load(type, name));
  }

  private <T> List<T> load(Class<T> type, Function<T, String> name) {
    SortedMap<String, T> found = new TreeMap<>();
    @Nullable T last = null;
    try {
      for (T service : ServiceLoader.load(type, loader)) {
        last = service;
        String key = name.apply(service);
        @Nullable T other = found.put(key, service);
        if (other != null) {
          throw new UserException(
              "'%s' is the name of %s and of %s; rename one of them"
                  .formatted(key, described(other), described(service)));
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      @Nullable Path jar = broken(type);
      if (jar == null && last != null) {
        jar = jar(last.getClass());
      }
      if (jar == null) {
        throw e;
      }
      throw new UserException(
          ("%s: a plug-in that does not fit this version of Trimtab, or lacks a class (%s);"
                  + " build it again for %s, or remove it")
              .formatted(jar, e.getCause() == null ? e : e.getCause(), Release.version()),
          e);
    }
    return List.copyOf(found.values());
  }

  private String described(Object service) {
    @Nullable Path jar = jar(service.getClass());
    return service.getClass().getName() + (jar == null ? "" : " in " + jar);
  }

  /** The jar of the first provider that cannot be made; null when all can. */
  private @Nullable Path broken(Class<?> type) {
    for (Path jar : jars.values()) {
      for (String provider : providers(jar, type)) {
        try {
          loader.loadClass(provider).asSubclass(type).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
          return jar;
        }
      }
    }
    return null;
  }

  private static List<String> providers(Path jar, Class<?> type) {
    List<String> providers = new ArrayList<>();
    try (JarFile opened = new JarFile(jar.toFile())) {
      @Nullable ZipEntry entry = opened.getEntry("META-INF/services/" + type.getName());
      if (entry != null) {
        try (InputStream content = opened.getInputStream(entry);
            BufferedReader lines =
                new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
          lines
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(providers::add);
        }
      }
    } catch (IOException e) {
      throw new UserException(jar + ": cannot be read (" + e + ")", e);
    }
    return providers;
  }

  /** The plug-in that a class is from; null for one of the program's own. */
  private @Nullable Path jar(Class<?> type) {
    @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : jars.get(String.valueOf(source.getLocation()));
  }
}
