package dev.lion.student.decoder;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A TorchScript module made from source text. Several threads may run its methods at the same time, while none writes to
 * tensors that another uses; it is closed when no method runs any more.
 */
final class TorchScriptModule implements AutoCloseable {
    /** Kept although only its block is used: DJL frees the module when the model is collected. */
    private final Model model;

    private final PtSymbolBlock block;

    private TorchScriptModule(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
    }

    /** Compiles an archive. Goes through a temporary file, as only files are loaded with gradients enabled. */
    static TorchScriptModule load(TorchScriptArchive archive) {
        TensorEngine.start();
        Model model = Model.newInstance(archive.className(), ai.djl.Device.cpu(), "PyTorch");
        try {
            Path directory = Files.createTempDirectory("lion-torchscript");
            Path file = directory.resolve(archive.className() + ".pt");
            try {
                try (var out = Files.newOutputStream(file)) {
                    archive.writeTo(out);
                }
                model.load(directory, archive.className(), Map.of("trainParam", "true"));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
            return new TorchScriptModule(model);
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException("the decoder's script could not pass through a temporary file", e);
        } catch (MalformedModelException e) {
            model.close();
            throw new IllegalStateException("the decoder's script is not valid TorchScript", e);
        }
    }

    /** The root of the module's tensors: what is made under it is freed when the module is closed. */
    NDManager manager() {
        return model.getNDManager();
    }

    /** Runs a method without gradients. The caller closes arguments and result. */
    IValue run(String method, IValue... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.runMethod(block, method, arguments);
    }

    @Override
    public void close() {
        model.close();
    }
}
