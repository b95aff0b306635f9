package dev.lion.student.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this machine's float32 matrix products reach at best, which the speed of a training is measured against.
 *
 * @param gigaflops thousand million operations a second, by the clock
 * @param gigaflopsOfProcessor the same for each second that a processor worked, which hardly depends on what else runs
 */
public record ProductPeak(double gigaflops, double gigaflopsOfProcessor) {
    private static final int SIZE = 2048;
    private static final int PRODUCTS = 6;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * The best of {@value #PRODUCTS} products of two square matrices of {@value #SIZE} rows, on so many threads. Takes about a
     * second, and the calling thread keeps the number of threads.
     */
    public static ProductPeak measure(int threads) {
        TensorEngine.start();
        JniUtils.setNumThreads(threads);
        long fastest = Long.MAX_VALUE;
        long leastWork = Long.MAX_VALUE;
        try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu())) {
            NDArray left = manager.randomNormal(new Shape(SIZE, SIZE));
            NDArray right = manager.randomNormal(new Shape(SIZE, SIZE));
            for (int i = 0; i < PRODUCTS; i++) {
                long start = System.nanoTime();
                long worked = PROCESS.getProcessCpuTime();
                left.matMul(right).close();
                fastest = Math.min(fastest, System.nanoTime() - start);
                leastWork = Math.min(leastWork, PROCESS.getProcessCpuTime() - worked);
            }
        }
        double operations = 2.0 * SIZE * SIZE * SIZE; // those of a nanosecond are a second's thousand millions
        return new ProductPeak(operations / fastest, operations / leastWork);
    }
}
