// Filters, geometry, colour, drawing.
#include "nlcl_opencv.h"

#include <opencv2/imgproc.hpp>

NLCL_API const NlFailure* nlcl_cv_cvt_color(NlArray src, NlArray dst, int code, int channels) {
    return guarded([&] { cv::cvtColor(in(src), out(dst), code, channels); });
}
NLCL_API const NlFailure* nlcl_cv_resize(NlArray src, NlArray dst, NlSize size, double fx, double fy, int how) {
    return guarded([&] { cv::resize(in(src), out(dst), cv_(size), fx, fy, how); });
}
NLCL_API const NlFailure* nlcl_cv_gaussian_blur(NlArray src, NlArray dst, NlSize size, double sigma_x, double sigma_y, int border) {
    return guarded([&] { cv::GaussianBlur(in(src), out(dst), cv_(size), sigma_x, sigma_y, border); });
}
NLCL_API const NlFailure* nlcl_cv_blur(NlArray src, NlArray dst, NlSize size, NlPoint anchor, int border) {
    return guarded([&] { cv::blur(in(src), out(dst), cv_(size), cv_(anchor), border); });
}
NLCL_API const NlFailure* nlcl_cv_box_filter(NlArray src, NlArray dst, int depth, NlSize size, NlPoint anchor, int normalize, int border) {
    return guarded([&] { cv::boxFilter(in(src), out(dst), depth, cv_(size), cv_(anchor), normalize != 0, border); });
}
NLCL_API const NlFailure* nlcl_cv_median_blur(NlArray src, NlArray dst, int size) {
    return guarded([&] { cv::medianBlur(in(src), out(dst), size); });
}
NLCL_API const NlFailure* nlcl_cv_bilateral_filter(NlArray src, NlArray dst, int d, double sigma_color, double sigma_space, int border) {
    return guarded([&] { cv::bilateralFilter(in(src), out(dst), d, sigma_color, sigma_space, border); });
}
NLCL_API const NlFailure* nlcl_cv_filter2d(NlArray src, NlArray dst, int depth, NlArray kernel, NlPoint anchor, double delta, int border) {
    return guarded([&] { cv::filter2D(in(src), out(dst), depth, in(kernel), cv_(anchor), delta, border); });
}
NLCL_API const NlFailure* nlcl_cv_sep_filter2d(NlArray src, NlArray dst, int depth, NlArray x, NlArray y, NlPoint anchor, double delta, int border) {
    return guarded([&] { cv::sepFilter2D(in(src), out(dst), depth, in(x), in(y), cv_(anchor), delta, border); });
}
NLCL_API const NlFailure* nlcl_cv_sobel(NlArray src, NlArray dst, int depth, int dx, int dy, int size, double scale, double delta, int border) {
    return guarded([&] { cv::Sobel(in(src), out(dst), depth, dx, dy, size, scale, delta, border); });
}
NLCL_API const NlFailure* nlcl_cv_laplacian(NlArray src, NlArray dst, int depth, int size, double scale, double delta, int border) {
    return guarded([&] { cv::Laplacian(in(src), out(dst), depth, size, scale, delta, border); });
}
NLCL_API const NlFailure* nlcl_cv_canny(NlArray src, NlArray edges, double low, double high, int aperture, int l2) {
    return guarded([&] { cv::Canny(in(src), out(edges), low, high, aperture, l2 != 0); });
}
NLCL_API const NlFailure* nlcl_cv_gaussian_kernel(int size, double sigma, int type, cv::Mat** kernel) {
    return guarded([&] { *kernel = nl_keep(cv::getGaussianKernel(size, sigma, type)); });
}
NLCL_API const NlFailure* nlcl_cv_structuring_element(int shape, NlSize size, NlPoint anchor, cv::Mat** element) {
    return guarded([&] { *element = nl_keep(cv::getStructuringElement(shape, cv_(size), cv_(anchor))); });
}
NLCL_API const NlFailure* nlcl_cv_dilate(NlArray src, NlArray dst, NlArray element, NlPoint anchor, int times, int border, NlScalar value) {
    return guarded([&] { cv::dilate(in(src), out(dst), in(element), cv_(anchor), times, border, cv_(value)); });
}
NLCL_API const NlFailure* nlcl_cv_erode(NlArray src, NlArray dst, NlArray element, NlPoint anchor, int times, int border, NlScalar value) {
    return guarded([&] { cv::erode(in(src), out(dst), in(element), cv_(anchor), times, border, cv_(value)); });
}
NLCL_API const NlFailure* nlcl_cv_morphology_ex(NlArray src, NlArray dst, int op, NlArray element, NlPoint anchor, int times, int border, NlScalar value) {
    return guarded([&] { cv::morphologyEx(in(src), out(dst), op, in(element), cv_(anchor), times, border, cv_(value)); });
}
NLCL_API NlScalar nlcl_cv_morphology_border() { return nl_(cv::morphologyDefaultBorderValue()); }

NLCL_API const NlFailure* nlcl_cv_threshold(NlArray src, NlArray dst, double level, double max, int type, double* used) {
    return guarded([&] { *used = cv::threshold(in(src), out(dst), level, max, type); });
}
NLCL_API const NlFailure* nlcl_cv_distance_transform(NlArray src, NlArray dst, int distance, int mask, int type) {
    return guarded([&] { cv::distanceTransform(in(src), out(dst), distance, mask, type); });
}
NLCL_API const NlFailure* nlcl_cv_integral(NlArray src, NlArray sum, int depth) {
    return guarded([&] { cv::integral(in(src), out(sum), depth); });
}
NLCL_API const NlFailure* nlcl_cv_pyr_down(NlArray src, NlArray dst, NlSize size, int border) {
    return guarded([&] { cv::pyrDown(in(src), out(dst), cv_(size), border); });
}
NLCL_API const NlFailure* nlcl_cv_pyr_up(NlArray src, NlArray dst, NlSize size, int border) {
    return guarded([&] { cv::pyrUp(in(src), out(dst), cv_(size), border); });
}

NLCL_API const NlFailure* nlcl_cv_warp_affine(NlArray src, NlArray dst, NlArray m, NlSize size, int flags, int border, NlScalar value) {
    return guarded([&] { cv::warpAffine(in(src), out(dst), in(m), cv_(size), flags, border, cv_(value)); });
}
NLCL_API const NlFailure* nlcl_cv_remap(NlArray src, NlArray dst, NlArray x, NlArray y, int how, int border, NlScalar value) {
    return guarded([&] { cv::remap(in(src), out(dst), in(x), in(y), how, border, cv_(value)); });
}
NLCL_API const NlFailure* nlcl_cv_rotation_matrix(float x, float y, double angle, double scale, cv::Mat** matrix) {
    return guarded([&] { *matrix = nl_keep(cv::getRotationMatrix2D(cv::Point2f(x, y), angle, scale)); });
}
NLCL_API const NlFailure* nlcl_cv_affine_transform(const float* src, const float* dst, cv::Mat** matrix) {
    return guarded([&] {
        *matrix = nl_keep(cv::getAffineTransform(reinterpret_cast<const cv::Point2f*>(src), reinterpret_cast<const cv::Point2f*>(dst)));
    });
}
NLCL_API const NlFailure* nlcl_cv_invert_affine(NlArray m, NlArray inverse) {
    return guarded([&] { cv::invertAffineTransform(in(m), out(inverse)); });
}

NLCL_API const NlFailure* nlcl_cv_line(NlArray img, NlPoint a, NlPoint b, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::line(both(img), cv_(a), cv_(b), cv_(color), thickness, type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_rectangle(NlArray img, NlPoint a, NlPoint b, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::rectangle(both(img), cv_(a), cv_(b), cv_(color), thickness, type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_rectangle_of(NlArray img, NlRect rect, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::rectangle(both(img), cv_(rect), cv_(color), thickness, type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_circle(NlArray img, NlPoint center, int radius, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::circle(both(img), cv_(center), radius, cv_(color), thickness, type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_ellipse(NlArray img, NlPoint center, NlSize axes, double angle, double from, double to, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::ellipse(both(img), cv_(center), cv_(axes), angle, from, to, cv_(color), thickness, type, shift); });
}

// The points of all polygons one after another, and how many belong to each.
static std::vector<std::vector<cv::Point>> polygons(const NlPoint* points, const int* counts, int count) {
    std::vector<std::vector<cv::Point>> result(count);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < counts[i]; k++) result[i].push_back(cv_(*points++));
    return result;
}
NLCL_API const NlFailure* nlcl_cv_fill_poly(NlArray img, const NlPoint* points, const int* counts, int count, NlScalar color, int type, int shift, NlPoint offset) {
    return guarded([&] { cv::fillPoly(both(img), polygons(points, counts, count), cv_(color), type, shift, cv_(offset)); });
}
NLCL_API const NlFailure* nlcl_cv_fill_convex_poly(NlArray img, const NlPoint* points, int count, NlScalar color, int type, int shift) {
    return guarded([&] { cv::fillConvexPoly(both(img), polygons(points, &count, 1)[0], cv_(color), type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_polylines(NlArray img, const NlPoint* points, const int* counts, int count, int closed, NlScalar color, int thickness, int type, int shift) {
    return guarded([&] { cv::polylines(both(img), polygons(points, counts, count), closed != 0, cv_(color), thickness, type, shift); });
}
NLCL_API const NlFailure* nlcl_cv_put_text(NlArray img, const char* text, NlPoint at, int font, double scale, NlScalar color, int thickness, int type, int from_bottom) {
    return guarded([&] { cv::putText(both(img), text, cv_(at), font, scale, cv_(color), thickness, type, from_bottom != 0); });
}
NLCL_API const NlFailure* nlcl_cv_text_size(const char* text, int font, double scale, int thickness, int* base_line, NlSize* size) {
    return guarded([&] { *size = nl_(cv::getTextSize(text, font, scale, thickness, base_line)); });
}
