package org.trimtab.model.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * One TorchScript module with its constants. Results belong to the manager of the first argument.
 * Gradients flow through it inside a gradient collector.
 */
public final class Kernel implements AutoCloseable {
  private final PtSymbolBlock block;
  private final boolean gradients;
  private final NDManager names;

  /**
   * Loads a kernel.
   *
   * @param manager keeps the module's memory; close the kernel before it
   * @param name the class in the resource {@code name.py}
   * @param constants its attributes: Boolean, Integer or Double
   */
  public Kernel(NDManager manager, String name, Map<String, Object> constants) {
    this(manager, name, constants, false);
  }

  /**
   * Loads a kernel for weights that may be packed.
   *
   * @param packed whether the weights of its linear maps are {@link Packing packed}; no gradients
   *     flow through it then, nor is anything kept for them
   */
  public Kernel(NDManager manager, String name, Map<String, Object> constants, boolean packed) {
    gradients = !packed;
    names = manager.newSubManager();
    byte[] archive = TorchScript.archive(name, constants, packed);
    try {
      block =
          JniUtils.loadModule((PtNDManager) names, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arguments for one call, in the order of the method's parameters. */
  public final class Call {
    private final NDList arguments = new NDList();

    private Call() {}

    /** Adds a tensor. */
    public Call with(NDArray argument) {
      arguments.add(argument);
      return this;
    }

    /**
     * Adds a list of tensors; it must not be empty, nor share an array with another list of the
     * call, since the list's name is kept on the arrays.
     */
    public Call withList(String name, List<NDArray> list) {
      for (NDArray argument : list) {
        argument.setName(name + "[]");
        arguments.add(argument);
      }
      return this;
    }

    /** Runs {@code forward}. */
    public NDList run() {
      return IValueUtils.forward(block, arguments, gradients);
    }

    /** Runs another method. */
    public NDList run(String method) {
      try (NDArray selector = names.create(0)) {
        selector.setName("module_method:" + method);
        arguments.add(selector);
        return run();
      }
    }
  }

  /** Starts a call. */
  public Call call() {
    return new Call();
  }

  /** Runs {@code forward} on tensors and returns its one result. */
  public NDArray apply(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), gradients).singletonOrThrow();
  }

  @Override
  public void close() {
    block.close();
    names.close();
  }
}
