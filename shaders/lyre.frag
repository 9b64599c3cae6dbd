#version 330
// A bright star: core, halo and the faintest rays; or a line drawn by light.
in vec2 v_corner;
in vec3 v_color;
in vec4 v_shape;
out vec4 color;

const float TURN = 0.30;  // radians that the rays lean from upright

float ray(vec2 p) { return exp(-abs(p.x) * 0.9) * exp(-abs(p.y) * 0.10); }

float bright(vec2 p, float glare) {
    float r2 = dot(p, p);
    float core = mix(exp(-0.5 * r2), exp(-1.3 * sqrt(r2)), 0.65);
    float halo = 0.050 * glare / pow(1.0 + r2 * 0.08, 1.6);
    mat2 turn = mat2(cos(TURN), sin(TURN), -sin(TURN), cos(TURN));
    vec2 q = turn * p;
    float rays = 0.016 * glare * glare * (ray(q) + ray(q.yx));
    return core + halo + rays;
}

void main() {
    if (v_shape.z < 0.5) {
        float r = dot(v_corner, v_corner);
        float window = 1.0 - smoothstep(0.1, 1.0, r);
        color = vec4(v_color * bright(v_corner * v_shape.x, v_shape.y) * window, 1.0);
        return;
    }
    // Lines end a little before the stars that they join.
    float gap = 0.020 / max(v_shape.w, 0.02);
    float ends = smoothstep(gap * 0.4, gap * 2.2, v_corner.x) * (1.0 - smoothstep(1.0 - gap * 2.2, 1.0 - gap * 0.4, v_corner.x));
    float across = v_corner.y * v_shape.x;
    float thin = exp(-across * across / 0.7);
    float glow = exp(-v_corner.y * v_corner.y * 7.0) * (1.0 - v_corner.y * v_corner.y);
    color = vec4(v_color * ends * (thin + 0.14 * glow), 1.0);
}
