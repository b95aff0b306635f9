package dev.lion.student.decoder;

import ai.djl.engine.Engine;

/**
 * What a student computes on; one device a process. The default is {@link #AUTO}.
 *
 * <p>Only the processor is supported: weights, gradients and moments are read and written as bytes of this process's memory
 * ({@link Parameters#bytes}), attention uses PyTorch's kernel for the processor, and a training is one process with a thread
 * for each pass. A graphics processor would need copies to the device and back in these three places.
 */
public enum Device {
    /** The best that is supported, which is the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** The first graphics processor that PyTorch sees; refused, as no student computes there yet. */
    GPU;

    /**
     * Returns if a student can compute there. Loads PyTorch's libraries when it cannot, to say whether the machine lacks a
     * graphics processor as well.
     *
     * @throws IllegalArgumentException for {@link #GPU}
     */
    public void requireSupported() {
        if (this == GPU) {
            Engine engine = TensorEngine.start();
            throw new IllegalArgumentException("device GPU: this student computes on the processor only"
                    + (engine.getGpuCount() == 0
                            ? ", and PyTorch sees no graphics processor here"
                            : ", although PyTorch sees " + engine.getGpuCount() + " graphics processors here")
                    + "; choose CPU or AUTO, or train on it with another program");
        }
    }
}
