package org.trimtab.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request by the user to stop. The first Ctrl-C (SIGINT, or SIGTERM from a job scheduler) asks
 * the run to end after the current batch; the second ends the process at once with exit code 130.
 * Thread-safe.
 */
public final class Interrupt {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks the run to end after the current batch. */
  public void request() {
    requested.set(true);
  }

  /** Whether the run was asked to end. */
  public boolean requested() {
    return requested.get();
  }

  /**
   * An interrupt that listens to SIGINT, SIGTERM and SIGHUP (unless it is ignored, as by nohup)
   * from now on. If the Java runtime does not support signals, Ctrl-C ends the process as usual,
   * which journals survive too.
   *
   * @param onFirst runs in the signal's thread at the first one, to inform the user
   */
  public static Interrupt onSignals(Runnable onFirst) {
    Interrupt interrupt = new Interrupt();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            interrupt.signalled(onFirst);
            return null;
          }
          return method.invoke(interrupt, arguments);
        };
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      listen(signal, handler);
    }
    return interrupt;
  }

  private void signalled(Runnable onFirst) {
    if (requested.getAndSet(true)) {
      Runtime.getRuntime().halt(130);
    }
    onFirst.run();
  }

  /** By reflection: sun.misc.Signal is supported but cannot be named without a warning. */
  private static void listen(String name, InvocationHandler handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> listener = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, handler);
      signal
          .getMethod("handle", signal, listener)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupt.class.getName())
          .log(System.Logger.Level.DEBUG, "no handler for SIG" + name, e);
    }
  }
}
