package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** One call of a method of the decoder's script, without gradients: arguments in order, then a run. Frees its arguments when closed. */
public final class TorchScriptCall implements AutoCloseable {
    private final TorchScriptModule module;
    private final String method;
    private final List<IValue> arguments = new ArrayList<>();
    private final List<IValue> owned = new ArrayList<>();

    TorchScriptCall(TorchScriptModule module, String method) {
        this.module = module;
        this.method = method;
    }

    /** A tensor. */
    public TorchScriptCall with(NDArray array) {
        return own(IValue.from((PtNDArray) array));
    }

    /** A list of tensors. */
    public TorchScriptCall with(List<NDArray> arrays) {
        return own(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
    }

    /** A list of ints of the script. */
    public TorchScriptCall with(long[] numbers) {
        return own(IValue.listFrom(numbers));
    }

    /** A bool of the script. */
    public TorchScriptCall with(boolean truth) {
        return own(IValue.from(truth));
    }

    /** An int of the script. */
    public TorchScriptCall with(long number) {
        return own(IValue.from(number));
    }

    /** A float of the script. */
    public TorchScriptCall with(double number) {
        return own(IValue.from(number));
    }

    /** A value that an earlier call gave and that stays its owner's. */
    public TorchScriptCall with(IValue value) {
        arguments.add(value);
        return this;
    }

    private TorchScriptCall own(IValue value) {
        owned.add(value);
        return with(value);
    }

    /** The result as it is; the caller closes it. */
    public IValue run() {
        return module.run(method, arguments.toArray(IValue[]::new));
    }

    /** The result of a method that gives a float. */
    public double runForDouble() {
        try (IValue result = run()) {
            return result.toDouble();
        }
    }

    /** The result of a method that gives a tensor, owned by the manager. */
    public NDArray runForArray(NDManager manager) {
        try (IValue result = run()) {
            return result.toTensor((PtNDManager) manager);
        }
    }

    /** The result of a method that gives a list of tensors, owned by the manager. */
    public List<NDArray> runForArrays(NDManager manager) {
        try (IValue result = run()) {
            return List.of(result.toTensorArray((PtNDManager) manager));
        }
    }

    @Override
    public void close() {
        owned.forEach(IValue::close);
    }
}
