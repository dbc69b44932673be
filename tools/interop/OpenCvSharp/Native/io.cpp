// Picture files, cameras and clips, and the network runner that serves as a benchmark's peer.
#include "nlcl_opencv.h"

#include <cstring>

#include <opencv2/dnn.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

static std::vector<int> ints(const int* values, int count) { return count ? std::vector<int>(values, values + count) : std::vector<int>(); }

NLCL_API const NlFailure* nlcl_cv_imread(const char* path, int flags, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::imread(path, flags)); });
}
NLCL_API const NlFailure* nlcl_cv_imread_multi(const char* path, int flags, std::vector<cv::Mat>** pages, int* ok) {
    return guarded([&] {
        auto made = new std::vector<cv::Mat>();
        *pages = made;
        *ok = cv::imreadmulti(path, *made, flags);
    });
}
NLCL_API int nlcl_cv_list_count(const std::vector<cv::Mat>* list) { return static_cast<int>(list->size()); }
NLCL_API const NlFailure* nlcl_cv_list_take(std::vector<cv::Mat>* list, cv::Mat** mats) {
    return guarded([&] {
        for (auto& mat : *list) *mats++ = nl_keep(std::move(mat));
    });
}
NLCL_API void nlcl_cv_list_delete(std::vector<cv::Mat>* list) { delete list; }

NLCL_API const NlFailure* nlcl_cv_imwrite(const char* path, NlArray img, const int* params, int count, int* ok) {
    return guarded([&] { *ok = cv::imwrite(path, in(img), ints(params, count)); });
}
NLCL_API const NlFailure* nlcl_cv_imwrite_multi(const char* path, cv::Mat* const* mats, int mat_count, const int* params, int count, int* ok) {
    return guarded([&] { *ok = cv::imwrite(path, list(mats, mat_count), ints(params, count)); });
}
NLCL_API const NlFailure* nlcl_cv_imdecode(uint8_t* bytes, int length, int flags, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::imdecode(cv::Mat(1, length, CV_8UC1, bytes), flags)); });
}
NLCL_API const NlFailure* nlcl_cv_imdecode_array(NlArray bytes, int flags, cv::Mat** mat) {
    return guarded([&] { *mat = nl_keep(cv::imdecode(in(bytes), flags)); });
}
NLCL_API const NlFailure* nlcl_cv_imencode(const char* ext, NlArray img, const int* params, int count, std::vector<uint8_t>** bytes, int64_t* length, int* ok) {
    return guarded([&] {
        std::vector<uint8_t> made;
        *ok = cv::imencode(ext, in(img), made, ints(params, count));
        *length = static_cast<int64_t>(made.size());
        *bytes = new std::vector<uint8_t>(std::move(made));
    });
}
NLCL_API void nlcl_cv_bytes_take(std::vector<uint8_t>* bytes, uint8_t* buffer) {
    if (buffer && !bytes->empty()) std::memcpy(buffer, bytes->data(), bytes->size());
    delete bytes;
}
NLCL_API const NlFailure* nlcl_cv_have_image_reader(const char* path, int* ok) {
    return guarded([&] { *ok = cv::haveImageReader(path); });
}
NLCL_API const NlFailure* nlcl_cv_have_image_writer(const char* path, int* ok) {
    return guarded([&] { *ok = cv::haveImageWriter(path); });
}

NLCL_API const NlFailure* nlcl_capture_new(cv::VideoCapture** capture) { return guarded([&] { *capture = new cv::VideoCapture(); }); }
NLCL_API void nlcl_capture_delete(cv::VideoCapture* capture) { delete capture; }
NLCL_API const NlFailure* nlcl_capture_open_file(cv::VideoCapture* c, const char* path, int api, const int* params, int count, int* ok) {
    return guarded([&] { *ok = count ? c->open(path, api, ints(params, count)) : c->open(path, api); });
}
NLCL_API const NlFailure* nlcl_capture_open_index(cv::VideoCapture* c, int index, int api, const int* params, int count, int* ok) {
    return guarded([&] { *ok = count ? c->open(index, api, ints(params, count)) : c->open(index, api); });
}
NLCL_API const NlFailure* nlcl_capture_is_opened(const cv::VideoCapture* c, int* ok) { return guarded([&] { *ok = c->isOpened(); }); }
NLCL_API const NlFailure* nlcl_capture_release(cv::VideoCapture* c) { return guarded([&] { c->release(); }); }
NLCL_API const NlFailure* nlcl_capture_grab(cv::VideoCapture* c, int* ok) { return guarded([&] { *ok = c->grab(); }); }
NLCL_API const NlFailure* nlcl_capture_retrieve(cv::VideoCapture* c, NlArray image, int flag, int* ok) {
    return guarded([&] { *ok = c->retrieve(out(image), flag); });
}
NLCL_API const NlFailure* nlcl_capture_read(cv::VideoCapture* c, NlArray image, int* ok) {
    return guarded([&] { *ok = c->read(out(image)); });
}
NLCL_API const NlFailure* nlcl_capture_set(cv::VideoCapture* c, int property, double value, int* ok) {
    return guarded([&] { *ok = c->set(property, value); });
}
NLCL_API const NlFailure* nlcl_capture_get(const cv::VideoCapture* c, int property, double* value) {
    return guarded([&] { *value = c->get(property); });
}
NLCL_API const NlFailure* nlcl_capture_backend(const cv::VideoCapture* c, std::string** text) {
    return guarded([&] { *text = new std::string(c->getBackendName()); });
}
NLCL_API const NlFailure* nlcl_capture_set_exception_mode(cv::VideoCapture* c, int on) {
    return guarded([&] { c->setExceptionMode(on != 0); });
}
NLCL_API const NlFailure* nlcl_capture_get_exception_mode(cv::VideoCapture* c, int* on) {
    return guarded([&] { *on = c->getExceptionMode(); });
}

NLCL_API const NlFailure* nlcl_writer_new(cv::VideoWriter** writer) { return guarded([&] { *writer = new cv::VideoWriter(); }); }
NLCL_API void nlcl_writer_delete(cv::VideoWriter* writer) { delete writer; }
NLCL_API const NlFailure* nlcl_writer_open(cv::VideoWriter* w, const char* path, int api, int fourcc, double fps, NlSize size, const int* params, int count, int* ok) {
    return guarded([&] { *ok = w->open(path, api, fourcc, fps, cv_(size), ints(params, count)); });
}
NLCL_API const NlFailure* nlcl_writer_is_opened(const cv::VideoWriter* w, int* ok) { return guarded([&] { *ok = w->isOpened(); }); }
NLCL_API const NlFailure* nlcl_writer_release(cv::VideoWriter* w) { return guarded([&] { w->release(); }); }
NLCL_API const NlFailure* nlcl_writer_write(cv::VideoWriter* w, NlArray image) { return guarded([&] { w->write(in(image)); }); }
NLCL_API const NlFailure* nlcl_writer_set(cv::VideoWriter* w, int property, double value, int* ok) {
    return guarded([&] { *ok = w->set(property, value); });
}
NLCL_API const NlFailure* nlcl_writer_get(const cv::VideoWriter* w, int property, double* value) {
    return guarded([&] { *value = w->get(property); });
}
NLCL_API const NlFailure* nlcl_writer_backend(const cv::VideoWriter* w, std::string** text) {
    return guarded([&] { *text = new std::string(w->getBackendName()); });
}

NLCL_API const NlFailure* nlcl_net_from_onnx(const char* path, cv::dnn::Net** net) {
    return guarded([&] { *net = new cv::dnn::Net(cv::dnn::readNetFromONNX(path)); });
}
NLCL_API const NlFailure* nlcl_net_from_onnx_bytes(const char* bytes, int64_t length, cv::dnn::Net** net) {
    return guarded([&] { *net = new cv::dnn::Net(cv::dnn::readNetFromONNX(bytes, static_cast<size_t>(length))); });
}
NLCL_API void nlcl_net_delete(cv::dnn::Net* net) { delete net; }
NLCL_API const NlFailure* nlcl_net_empty(const cv::dnn::Net* net, int* empty) { return guarded([&] { *empty = net->empty(); }); }
NLCL_API const NlFailure* nlcl_net_set_input(cv::dnn::Net* net, const cv::Mat* blob, const char* name) {
    return guarded([&] { net->setInput(*blob, name); });
}
NLCL_API const NlFailure* nlcl_net_forward(cv::dnn::Net* net, const char* name, cv::Mat** result) {
    return guarded([&] { *result = nl_keep(net->forward(name)); });
}
NLCL_API const NlFailure* nlcl_net_set_backend(cv::dnn::Net* net, int id) { return guarded([&] { net->setPreferableBackend(id); }); }
NLCL_API const NlFailure* nlcl_net_set_target(cv::dnn::Net* net, int id) { return guarded([&] { net->setPreferableTarget(id); }); }
NLCL_API const NlFailure* nlcl_dnn_blob(NlArray image, double scale, NlSize size, NlScalar mean, int swap, int crop, cv::Mat** blob) {
    return guarded([&] { *blob = nl_keep(cv::dnn::blobFromImage(in(image), scale, cv_(size), cv_(mean), swap != 0, crop != 0)); });
}
