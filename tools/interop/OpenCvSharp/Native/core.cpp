// Failures, ownership counting, process-wide settings and element-wise arithmetic.
#include "nlcl_opencv.h"

#include <atomic>
#include <cstring>

#include <opencv2/core/utility.hpp>

static std::atomic<int64_t> live_mats{0};

const NlFailure* nl_failure(int code, int line, std::string message, std::string function, std::string file) {
    static thread_local std::string texts[3];
    static thread_local NlFailure failure;
    texts[0] = std::move(message);
    texts[1] = std::move(function);
    texts[2] = std::move(file);
    failure = {code, line, texts[0].c_str(), texts[1].c_str(), texts[2].c_str()};
    return &failure;
}

cv::Mat* nl_keep(cv::Mat&& mat) {
    auto* kept = new cv::Mat(std::move(mat));
    live_mats++;
    return kept;
}

void nl_drop(cv::Mat* mat) {
    delete mat;
    live_mats--;
}

NLCL_API int64_t nlcl_cv_live_mats() { return live_mats; }

NLCL_API const NlFailure* nlcl_cv_text_copy(const std::string* text, char* buffer) {
    return guarded([&] { std::memcpy(buffer, text->data(), text->size()); });
}
NLCL_API int nlcl_cv_text_length(const std::string* text) { return static_cast<int>(text->size()); }
NLCL_API void nlcl_cv_text_delete(std::string* text) { delete text; }

NLCL_API const NlFailure* nlcl_cv_build_information(std::string** text) {
    return guarded([&] { *text = new std::string(cv::getBuildInformation()); });
}
NLCL_API const NlFailure* nlcl_cv_version(std::string** text) {
    return guarded([&] { *text = new std::string(cv::getVersionString()); });
}
NLCL_API const NlFailure* nlcl_cv_set_num_threads(int n) { return guarded([&] { cv::setNumThreads(n); }); }
NLCL_API const NlFailure* nlcl_cv_get_num_threads(int* n) { return guarded([&] { *n = cv::getNumThreads(); }); }
NLCL_API const NlFailure* nlcl_cv_get_number_of_cpus(int* n) { return guarded([&] { *n = cv::getNumberOfCPUs(); }); }
NLCL_API const NlFailure* nlcl_cv_set_use_optimized(int on) { return guarded([&] { cv::setUseOptimized(on != 0); }); }
NLCL_API const NlFailure* nlcl_cv_use_optimized(int* on) { return guarded([&] { *on = cv::useOptimized(); }); }

NLCL_API const NlFailure* nlcl_cv_get_rng(uint64_t* state) { return guarded([&] { *state = cv::theRNG().state; }); }
NLCL_API const NlFailure* nlcl_cv_set_rng(uint64_t state) { return guarded([&] { cv::theRNG().state = state; }); }
NLCL_API const NlFailure* nlcl_cv_rng_gaussian(uint64_t* state, double sigma, double* value) {
    return guarded([&] {
        cv::RNG rng(*state);
        *value = rng.gaussian(sigma);
        *state = rng.state;
    });
}
NLCL_API const NlFailure* nlcl_cv_rng_fill(uint64_t* state, NlArray dst, int distribution, NlArray a, NlArray b, int saturate) {
    return guarded([&] {
        cv::RNG rng(*state);
        rng.fill(both(dst), distribution, in(a), in(b), saturate != 0);
        *state = rng.state;
    });
}
NLCL_API const NlFailure* nlcl_cv_randu(NlArray dst, NlArray low, NlArray high) {
    return guarded([&] { cv::randu(both(dst), in(low), in(high)); });
}
NLCL_API const NlFailure* nlcl_cv_randn(NlArray dst, NlArray mean, NlArray stddev) {
    return guarded([&] { cv::randn(both(dst), in(mean), in(stddev)); });
}

NLCL_API const NlFailure* nlcl_cv_add(NlArray a, NlArray b, NlArray dst, NlArray mask, int dtype) {
    return guarded([&] { cv::add(in(a), in(b), out(dst), in(mask), dtype); });
}
NLCL_API const NlFailure* nlcl_cv_subtract(NlArray a, NlArray b, NlArray dst, NlArray mask, int dtype) {
    return guarded([&] { cv::subtract(in(a), in(b), out(dst), in(mask), dtype); });
}
NLCL_API const NlFailure* nlcl_cv_multiply(NlArray a, NlArray b, NlArray dst, double scale, int dtype) {
    return guarded([&] { cv::multiply(in(a), in(b), out(dst), scale, dtype); });
}
NLCL_API const NlFailure* nlcl_cv_divide(NlArray a, NlArray b, NlArray dst, double scale, int dtype) {
    return guarded([&] { cv::divide(in(a), in(b), out(dst), scale, dtype); });
}
NLCL_API const NlFailure* nlcl_cv_divide_number(double scale, NlArray b, NlArray dst, int dtype) {
    return guarded([&] { cv::divide(scale, in(b), out(dst), dtype); });
}
NLCL_API const NlFailure* nlcl_cv_scale_add(NlArray a, double alpha, NlArray b, NlArray dst) {
    return guarded([&] { cv::scaleAdd(in(a), alpha, in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_add_weighted(NlArray a, double alpha, NlArray b, double beta, double gamma, NlArray dst, int dtype) {
    return guarded([&] { cv::addWeighted(in(a), alpha, in(b), beta, gamma, out(dst), dtype); });
}
NLCL_API const NlFailure* nlcl_cv_absdiff(NlArray a, NlArray b, NlArray dst) {
    return guarded([&] { cv::absdiff(in(a), in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_min(NlArray a, NlArray b, NlArray dst) {
    return guarded([&] { cv::min(in(a), in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_max(NlArray a, NlArray b, NlArray dst) {
    return guarded([&] { cv::max(in(a), in(b), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_in_range(NlArray src, NlArray low, NlArray high, NlArray dst) {
    return guarded([&] { cv::inRange(in(src), in(low), in(high), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_bitwise_and(NlArray a, NlArray b, NlArray dst, NlArray mask) {
    return guarded([&] { cv::bitwise_and(in(a), in(b), out(dst), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_bitwise_or(NlArray a, NlArray b, NlArray dst, NlArray mask) {
    return guarded([&] { cv::bitwise_or(in(a), in(b), out(dst), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_bitwise_xor(NlArray a, NlArray b, NlArray dst, NlArray mask) {
    return guarded([&] { cv::bitwise_xor(in(a), in(b), out(dst), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_bitwise_not(NlArray src, NlArray dst, NlArray mask) {
    return guarded([&] { cv::bitwise_not(in(src), out(dst), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_sqrt(NlArray src, NlArray dst) { return guarded([&] { cv::sqrt(in(src), out(dst)); }); }
NLCL_API const NlFailure* nlcl_cv_exp(NlArray src, NlArray dst) { return guarded([&] { cv::exp(in(src), out(dst)); }); }
NLCL_API const NlFailure* nlcl_cv_log(NlArray src, NlArray dst) { return guarded([&] { cv::log(in(src), out(dst)); }); }
NLCL_API const NlFailure* nlcl_cv_pow(NlArray src, double power, NlArray dst) {
    return guarded([&] { cv::pow(in(src), power, out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_magnitude(NlArray x, NlArray y, NlArray dst) {
    return guarded([&] { cv::magnitude(in(x), in(y), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_convert_scale_abs(NlArray src, NlArray dst, double alpha, double beta) {
    return guarded([&] { cv::convertScaleAbs(in(src), out(dst), alpha, beta); });
}
NLCL_API const NlFailure* nlcl_cv_lut(NlArray src, NlArray lut, NlArray dst) {
    return guarded([&] { cv::LUT(in(src), in(lut), out(dst)); });
}
NLCL_API const NlFailure* nlcl_cv_normalize(NlArray src, NlArray dst, double alpha, double beta, int type, int dtype, NlArray mask) {
    return guarded([&] { cv::normalize(in(src), both(dst), alpha, beta, type, dtype, in(mask)); });
}

NLCL_API const NlFailure* nlcl_cv_sum(NlArray src, NlScalar* result) { return guarded([&] { *result = nl_(cv::sum(in(src))); }); }
NLCL_API const NlFailure* nlcl_cv_mean(NlArray src, NlArray mask, NlScalar* result) {
    return guarded([&] { *result = nl_(cv::mean(in(src), in(mask))); });
}
NLCL_API const NlFailure* nlcl_cv_mean_std_dev(NlArray src, NlArray mean, NlArray stddev, NlArray mask) {
    return guarded([&] { cv::meanStdDev(in(src), out(mean), out(stddev), in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_mean_std_dev_four(NlArray src, NlScalar* mean, NlScalar* stddev, NlArray mask) {
    return guarded([&] {
        cv::Scalar m, s;
        cv::meanStdDev(in(src), m, s, in(mask));
        *mean = nl_(m);
        *stddev = nl_(s);
    });
}
NLCL_API const NlFailure* nlcl_cv_min_max_loc(NlArray src, double* min, double* max, NlPoint* where_min, NlPoint* where_max, NlArray mask) {
    return guarded([&] {
        cv::Point a, b;
        cv::minMaxLoc(in(src), min, max, &a, &b, in(mask));
        *where_min = nl_(a);
        *where_max = nl_(b);
    });
}
NLCL_API const NlFailure* nlcl_cv_min_max_idx(NlArray src, double* min, double* max) {
    return guarded([&] { cv::minMaxIdx(in(src), min, max); });
}
NLCL_API const NlFailure* nlcl_cv_count_non_zero(NlArray src, int* count) {
    return guarded([&] { *count = cv::countNonZero(in(src)); });
}
NLCL_API const NlFailure* nlcl_cv_norm(NlArray src, int type, NlArray mask, double* result) {
    return guarded([&] { *result = cv::norm(in(src), type, in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_norm_difference(NlArray a, NlArray b, int type, NlArray mask, double* result) {
    return guarded([&] { *result = cv::norm(in(a), in(b), type, in(mask)); });
}
NLCL_API const NlFailure* nlcl_cv_psnr(NlArray a, NlArray b, double peak, double* result) {
    return guarded([&] { *result = cv::PSNR(in(a), in(b), peak); });
}
NLCL_API const NlFailure* nlcl_cv_reduce(NlArray src, NlArray dst, int dim, int how, int dtype) {
    return guarded([&] { cv::reduce(in(src), out(dst), dim, how, dtype); });
}
NLCL_API const NlFailure* nlcl_cv_check_range(NlArray src, int quiet, NlPoint* where, double min, double max, int* ok) {
    return guarded([&] {
        cv::Point at;
        *ok = cv::checkRange(in(src), quiet != 0, &at, min, max);
        *where = nl_(at);
    });
}
