// The C side of the TorchSharp binding. Operators go through libtorch's own dispatcher by name, so this file does not
// grow with the operators that are used; what is here besides is what has no operator: handles, gradients, generators,
// global switches, archives.
//
// Conventions: a tensor handle owns one reference to a TensorImpl. Every function that can fail returns null, or the
// message of what went wrong, valid until the next call of the same thread. Nothing throws across the boundary.

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/serialize/archive.h>
#include <torch/version.h>

#include <atomic>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#define NLCL extern "C" __attribute__((visibility("default")))

namespace {

enum Kind : int32_t {
    kNone, kTensor, kInteger, kReal, kBoolean, kIntegers, kReals, kTensors, kOptionalTensors, kText, kDevice, kGenerator, kDefault, kBooleans
};

// Must match TorchSharp.Interop.NativeValue.
struct Value {
    Kind kind;
    int32_t count;  // elements behind pointer; the device's type
    union { int64_t integer; double real; void* pointer; };
};

using Handle = c10::TensorImpl*;

std::atomic<int64_t> live_handles{0};
thread_local std::string message;
thread_local std::vector<Value> results;

template <typename Body>
const char* guarded(Body body) {
    try {
        body();
        return nullptr;
    } catch (const c10::Error& error) {
        message = error.what_without_backtrace();
    } catch (const std::exception& error) {
        message = error.what();
    } catch (...) {
        message = "libtorch threw something that is not a std::exception";
    }
    return message.c_str();
}

at::Tensor borrow(Handle handle) {
    if (!handle) return {};
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle));
}

Handle lend(at::Tensor tensor) {
    if (!tensor.defined()) return nullptr;
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return tensor.unsafeReleaseTensorImpl();
}

c10::IValue argument(const Value& value, const c10::Argument& declared) {
    switch (value.kind) {
        case kNone: return {};
        case kTensor: return borrow(static_cast<Handle>(value.pointer));
        case kInteger:
            if (declared.type()->kind() == c10::TypeKind::FloatType) return static_cast<double>(value.integer);
            return value.integer;
        case kReal: return value.real;
        case kBoolean: return value.integer != 0;
        case kIntegers: {
            auto* items = static_cast<const int64_t*>(value.pointer);
            return c10::IValue(at::IntArrayRef(items, value.count));
        }
        case kReals: {
            auto* items = static_cast<const double*>(value.pointer);
            return c10::IValue(at::ArrayRef<double>(items, value.count));
        }
        case kBooleans: {
            auto* items = static_cast<const int64_t*>(value.pointer);
            c10::List<bool> list;
            for (int32_t i = 0; i < value.count; i++) list.push_back(items[i] != 0);
            return list;
        }
        case kTensors: {
            auto* items = static_cast<const Handle*>(value.pointer);
            c10::List<at::Tensor> list;
            list.reserve(value.count);
            for (int32_t i = 0; i < value.count; i++) list.push_back(borrow(items[i]));
            return list;
        }
        case kOptionalTensors: {
            auto* items = static_cast<const Handle*>(value.pointer);
            c10::impl::GenericList list(c10::OptionalType::ofTensor());
            list.reserve(value.count);
            for (int32_t i = 0; i < value.count; i++) list.push_back(items[i] ? c10::IValue(borrow(items[i])) : c10::IValue());
            return list;
        }
        case kText: return std::string(static_cast<const char*>(value.pointer), value.count);
        case kDevice:
            return c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.integer));
        case kGenerator: return *static_cast<at::Generator*>(value.pointer);
        case kDefault: break;
    }
    TORCH_CHECK(declared.default_value(), "argument '", declared.name(), "' has no default");
    return *declared.default_value();
}

void collect(const c10::IValue& value) {
    Value result{};
    if (value.isTensor()) {
        result.kind = kTensor;
        result.pointer = lend(value.toTensor());
    } else if (value.isTensorList()) {
        for (const at::Tensor& item : value.toTensorVector()) collect(item);
        return;
    } else if (value.isInt()) {
        result.kind = kInteger;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.kind = kReal;
        result.real = value.toDouble();
    } else if (value.isBool()) {
        result.kind = kBoolean;
        result.integer = value.toBool();
    } else {
        TORCH_CHECK(value.isNone(), "no way to return a value of type ", value.tagKind());
    }
    results.push_back(result);
}

std::vector<at::Tensor> borrow_all(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

}  // namespace

// --- operators ---------------------------------------------------------------------------------------------------

// Looks an operator up once; the handle lives as long as the process.
NLCL const char* nlcl_operator(const char* name, const char* overload, const c10::OperatorHandle** op) {
    return guarded([&] {
        *op = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Missing trailing arguments take the schema's defaults. The results belong to the caller.
NLCL const char* nlcl_call(const c10::OperatorHandle* op, const Value* values, int32_t count, const Value** first, int32_t* result_count) {
    return guarded([&] {
        const auto& declared = op->schema().arguments();
        TORCH_CHECK(static_cast<size_t>(count) <= declared.size(), op->schema().name(), " takes ", declared.size(), " arguments, not ", count);
        torch::jit::Stack stack;
        stack.reserve(declared.size());
        for (size_t i = 0; i < declared.size(); i++)
            stack.push_back(argument(i < static_cast<size_t>(count) ? values[i] : Value{kDefault, 0, {0}}, declared[i]));
        op->callBoxed(stack);
        results.clear();
        for (const auto& value : stack) collect(value);
        *first = results.data();
        *result_count = static_cast<int32_t>(results.size());
    });
}

// --- tensors -----------------------------------------------------------------------------------------------------

NLCL void nlcl_release(Handle handle) {
    live_handles.fetch_sub(1, std::memory_order_relaxed);
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle);
}

NLCL Handle nlcl_retain(Handle handle) { return lend(borrow(handle)); }
NLCL int64_t nlcl_live_handles() { return live_handles.load(std::memory_order_relaxed); }

NLCL int64_t nlcl_dimensions(Handle handle) { return handle->dim(); }
NLCL int64_t nlcl_numel(Handle handle) { return handle->numel(); }
NLCL int64_t nlcl_element_size(Handle handle) { return static_cast<int64_t>(handle->itemsize()); }
NLCL int64_t nlcl_storage_offset(Handle handle) { return handle->storage_offset(); }
NLCL int32_t nlcl_type(Handle handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype())); }
NLCL int32_t nlcl_device_type(Handle handle) { return static_cast<int32_t>(handle->device().type()); }
NLCL int32_t nlcl_device_index(Handle handle) { return handle->device().index(); }
NLCL int32_t nlcl_is_contiguous(Handle handle) { return handle->is_contiguous(); }
NLCL void nlcl_sizes(Handle handle, int64_t* sizes) { memcpy(sizes, handle->sizes().data(), handle->dim() * sizeof(int64_t)); }
NLCL void nlcl_strides(Handle handle, int64_t* strides) { memcpy(strides, handle->strides().data(), handle->dim() * sizeof(int64_t)); }

NLCL const char* nlcl_data(Handle handle, void** data) {
    return guarded([&] { *data = borrow(handle).data_ptr(); });
}

// --- gradients ---------------------------------------------------------------------------------------------------

NLCL int32_t nlcl_requires_grad(Handle handle) { return borrow(handle).requires_grad(); }
NLCL int32_t nlcl_is_leaf(Handle handle) { return borrow(handle).is_leaf(); }

NLCL const char* nlcl_set_requires_grad(Handle handle, int32_t value) {
    return guarded([&] { borrow(handle).set_requires_grad(value != 0); });
}

NLCL const char* nlcl_retain_grad(Handle handle) {
    return guarded([&] { borrow(handle).retain_grad(); });
}

NLCL const char* nlcl_grad(Handle handle, Handle* grad) {
    return guarded([&] { *grad = lend(handle->grad()); });
}

NLCL const char* nlcl_set_grad(Handle handle, Handle grad) {
    return guarded([&] { handle->mutable_grad() = borrow(grad); });
}

NLCL const char* nlcl_backward(
    const Handle* outputs, int32_t output_count, const Handle* grads, int32_t grad_count, int32_t retain_graph,
    int32_t create_graph, const Handle* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(
            borrow_all(outputs, output_count), borrow_all(grads, grad_count), retain_graph != 0, create_graph != 0,
            borrow_all(inputs, input_count));
    });
}

NLCL const char* nlcl_gradients(
    const Handle* outputs, int32_t output_count, const Handle* inputs, int32_t input_count, const Handle* grads, int32_t grad_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* gradients) {
    return guarded([&] {
        auto found = torch::autograd::grad(
            borrow_all(outputs, output_count), borrow_all(inputs, input_count), borrow_all(grads, grad_count), retain_graph != 0,
            create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++) gradients[i] = lend(found[i]);
    });
}

NLCL int32_t nlcl_grad_enabled() { return c10::GradMode::is_enabled(); }
NLCL void nlcl_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
NLCL int32_t nlcl_inference_enabled() { return c10::InferenceMode::is_enabled(); }
NLCL c10::InferenceMode* nlcl_enter_inference(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
NLCL void nlcl_leave_inference(c10::InferenceMode* mode) { delete mode; }

// --- random numbers ----------------------------------------------------------------------------------------------

NLCL const char* nlcl_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}

// With seed: a generator of its own. Without: a reference to the device's default one.
NLCL const char* nlcl_generator(int32_t device_type, int32_t device_index, const uint64_t* seed, at::Generator** generator) {
    return guarded([&] {
        c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        auto standard = at::globalContext().defaultGenerator(device);
        if (!seed) {
            *generator = new at::Generator(standard);
            return;
        }
        auto fresh = standard.clone();
        fresh.set_current_seed(*seed);
        *generator = new at::Generator(fresh);
    });
}

NLCL void nlcl_generator_release(at::Generator* generator) { delete generator; }
NLCL uint64_t nlcl_generator_seed(at::Generator* generator) { return generator->current_seed(); }

NLCL const char* nlcl_generator_set_seed(at::Generator* generator, uint64_t seed) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(seed);
    });
}

NLCL const char* nlcl_generator_new_seed(at::Generator* generator, uint64_t* seed) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        *seed = generator->seed();
    });
}

NLCL const char* nlcl_generator_state(at::Generator* generator, Handle* state) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        *state = lend(generator->get_state());
    });
}

NLCL const char* nlcl_generator_set_state(at::Generator* generator, Handle state) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(borrow(state));
    });
}

// --- the process -------------------------------------------------------------------------------------------------

NLCL const char* nlcl_version() { return TORCH_VERSION; }
NLCL int32_t nlcl_threads() { return at::get_num_threads(); }
NLCL int32_t nlcl_interop_threads() { return at::get_num_interop_threads(); }

NLCL const char* nlcl_set_threads(int32_t count) {
    return guarded([&] { at::set_num_threads(count); });
}

NLCL const char* nlcl_set_interop_threads(int32_t count) {
    return guarded([&] { at::set_num_interop_threads(count); });
}

NLCL int32_t nlcl_cuda_devices() {
    try {
        return at::globalContext().hasCUDA() ? c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount() : 0;
    } catch (...) {
        return 0;
    }
}

NLCL int32_t nlcl_has_cudnn() { return at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN(); }

NLCL const char* nlcl_cuda_synchronize(int32_t device_index) {
    return guarded([&] {
        c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
        at::detail::getCUDAHooks().deviceSynchronize(device_index < 0 ? guard.getDevice().index() : device_index);
    });
}

NLCL const char* nlcl_switch(int32_t which, int32_t set, int32_t* value) {
    return guarded([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0:
                if (set) context.setAllowTF32CuBLAS(*value != 0);
                *value = context.allowTF32CuBLAS();
                break;
            case 1:
                if (set) context.setAllowTF32CuDNN(*value != 0);
                *value = context.allowTF32CuDNN();
                break;
            case 2:
                if (set) context.setBenchmarkCuDNN(*value != 0);
                *value = context.benchmarkCuDNN();
                break;
            case 3:
                if (set) context.setDeterministicAlgorithms(*value != 0, false);
                *value = context.deterministicAlgorithms();
                break;
            default: TORCH_CHECK(false, "no switch ", which);
        }
    });
}

// --- files -------------------------------------------------------------------------------------------------------

// The archive that torch::save writes and torch::load reads for one tensor.
NLCL const char* nlcl_save(Handle handle, const char* path) {
    return guarded([&] {
        torch::serialize::OutputArchive archive;
        archive.write("0", borrow(handle));
        archive.save_to(path);
    });
}

NLCL const char* nlcl_load(const char* path, Handle* handle) {
    return guarded([&] {
        torch::serialize::InputArchive archive;
        archive.load_from(path);
        at::Tensor tensor;
        archive.read("0", tensor);
        *handle = lend(tensor);
    });
}
