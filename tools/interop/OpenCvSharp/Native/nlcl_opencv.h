// What every file of this binding shares: plain structs that cross the boundary by value,
// and the one place where a C++ exception becomes a returned description.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#define NLCL_API extern "C" __attribute__((visibility("default")))

// OpenCV's own Size, Point, ... have constructors, so how they pass by value is not C's business.
struct NlSize { int width, height; };
struct NlPoint { int x, y; };
struct NlRect { int x, y, width, height; };
struct NlRange { int start, end; };
struct NlScalar { double value[4]; };

enum NlArrayKind : int32_t { NlNone = 0, NlMat = 1, NlFour = 2, NlNumber = 3 };

// An InputArray, OutputArray or InputOutputArray of the managed side.
struct NlArray { NlArrayKind kind; int32_t reserved; cv::Mat* mat; double value[4]; };

// Null means success. Valid until the next failing call on the same thread.
struct NlFailure { int code, line; const char *message, *function, *file; };

const NlFailure* nl_failure(int code, int line, std::string message, std::string function, std::string file);

template <class Body>
const NlFailure* guarded(Body&& body) {
    try {
        body();
        return nullptr;
    } catch (const cv::Exception& e) {
        return nl_failure(e.code, e.line, e.err, e.func, e.file);
    } catch (const std::exception& e) {
        return nl_failure(0, 0, e.what(), "", "");
    } catch (...) {
        return nl_failure(0, 0, "unknown native exception", "", "");
    }
}

// Every cv::Mat handed to the managed side is made and deleted by these two, so that tests can count them.
cv::Mat* nl_keep(cv::Mat&& mat);
void nl_drop(cv::Mat* mat);

inline cv::Size cv_(NlSize s) { return {s.width, s.height}; }
inline cv::Point cv_(NlPoint p) { return {p.x, p.y}; }
inline cv::Rect cv_(NlRect r) { return {r.x, r.y, r.width, r.height}; }
inline cv::Range cv_(NlRange r) { return {r.start, r.end}; }
inline cv::Scalar cv_(const NlScalar& s) { return {s.value[0], s.value[1], s.value[2], s.value[3]}; }
inline NlScalar nl_(const cv::Scalar& s) { return {{s[0], s[1], s[2], s[3]}}; }
inline NlSize nl_(cv::Size s) { return {s.width, s.height}; }
inline NlPoint nl_(cv::Point p) { return {p.x, p.y}; }

inline cv::_InputArray in(const NlArray& a) {
    switch (a.kind) {
        case NlMat: return cv::_InputArray(*a.mat);
        case NlFour: return cv::_InputArray(reinterpret_cast<const cv::Matx<double, 4, 1>&>(a.value));
        case NlNumber: return cv::_InputArray(a.value[0]);
        default: return cv::_InputArray();
    }
}

inline cv::_OutputArray out(const NlArray& a) { return a.kind == NlMat ? cv::_OutputArray(*a.mat) : cv::_OutputArray(); }
inline cv::_InputOutputArray both(const NlArray& a) { return cv::_InputOutputArray(*a.mat); }

inline std::vector<cv::Mat> list(cv::Mat* const* mats, int count) {
    std::vector<cv::Mat> result;
    result.reserve(count);
    for (int i = 0; i < count; i++) result.push_back(*mats[i]);
    return result;
}
