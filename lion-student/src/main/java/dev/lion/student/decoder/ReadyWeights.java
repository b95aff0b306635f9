package dev.lion.student.decoder;

import ai.djl.pytorch.jni.IValue;

/** A model's weights as decoding wants them; see {@link DecoderModel#ready()}. */
public final class ReadyWeights implements AutoCloseable {
    private final IValue value;

    ReadyWeights(IValue value) {
        this.value = value;
    }

    /** The list of tensors, for a call of the script. */
    public IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
    }
}
